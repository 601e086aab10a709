package dev.mainstay.sandbox;

import dev.mainstay.sandbox.server.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Another process like this one: the same Java, options and class path, in the background.
 *
 * @param output where what it prints goes
 * @param errors where what it says to people goes, apart from what the JVM itself prints at its end
 */
public record Jvm(Process process, Path output, Path errors) {

  private static final long LOOK_EVERY_MILLIS = 50;

  /** A ninth of what a process beside it gets, once both want all: docs/decisions/031. */
  private static final List<String> NICE = List.of("nice", "-n", "10");

  /** Starts {@code ./mainstay} with these arguments. */
  public static Jvm start(Home home, String name, List<String> arguments) {
    return start(List.of(), home, name, arguments);
  }

  /** Starts it as one that steps back while others want the processors. */
  static Jvm startNice(Home home, String name, List<String> arguments) {
    return start(NICE, home, name, arguments);
  }

  private static Jvm start(List<String> by, Home home, String name, List<String> arguments) {
    home.create();
    Path output = home.logs().resolve(name + ".out");
    Path errors = home.logs().resolve(name + ".err");
    var command = new ArrayList<String>(by);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith("-javaagent:")) {
        // an agent belongs to this process alone
        command.add(option);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(MainstayCommand.class.getName());
    command.addAll(arguments);
    try {
      var builder = new ProcessBuilder(command);
      builder.environment().put("MAINSTAY_HOME", home.directory().toString());
      return new Jvm(
          builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start(),
          output,
          errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until it is ready, and repeats the steps that it reports.
   *
   * @param ready returns the evidence that it is ready
   * @throws CannotStart with its own last words if it ends before
   */
  public <T> T await(Supplier<Optional<T>> ready, Duration within) {
    Instant deadline = Instant.now().plus(within);
    Runnable steps = Steps.repeat(errors, System.err::println);
    while (Instant.now().isBefore(deadline)) {
      Optional<T> answer = ready.get();
      steps.run();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (endsWithin(LOOK_EVERY_MILLIS)) {
        throw new CannotStart(lastWords());
      }
    }
    throw new CannotStart(
        "Not ready after %d s, see %s and %s".formatted(within.toSeconds(), errors, output));
  }

  private boolean endsWithin(long millis) {
    try {
      process.onExit().get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private String lastWords() {
    return lastLine(errors).or(() -> lastLine(output)).orElse("It exited without output");
  }

  private static Optional<String> lastLine(Path file) {
    try {
      return Files.readAllLines(file).reversed().stream()
          .filter(line -> !line.isBlank())
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
