package dev.mainstay.sandbox.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A program that is built with Go, once, into the user's cache; Go's own checksums vouch for it.
 *
 * @param name that it gets here
 * @param version as {@code 1.5.1}
 * @param source package that it is built from; Go names a program after its last part
 */
public record GoProgram(String name, String version, String source) {

  /** The program's path, if it was built before. */
  public Optional<Path> built() {
    return Optional.of(program()).filter(Files::isExecutable);
  }

  /** Whether there is a Go that could build it. */
  public static boolean isBuildable() {
    return onPath("go").isPresent();
  }

  /** The path of a program of that name on the PATH. */
  static Optional<Path> onPath(String program) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .map(directory -> Path.of(directory, executable(program)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Finds it, or builds it, or waits until another process has built it.
   *
   * @param tell receives a line before it is built
   * @throws CannotStart in one line that says how to see why it could not be built
   */
  public Path find(Consumer<String> tell) {
    return built().orElseGet(() -> buildAlone(tell));
  }

  private Path buildAlone(Consumer<String> tell) {
    try {
      Files.createDirectories(cache());
      try (var lock =
          FileChannel.open(
              cache().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        if (lock.tryLock() == null) {
          tell.accept("Waiting for %s %s, which is being built".formatted(name, version));
          lock.lock();
        }
        if (built().isEmpty()) {
          tell.accept("Building %s %s with Go, once: some minutes".formatted(name, version));
          build(cache());
        }
        return program();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives way to whatever else runs: it takes minutes of all processors. */
  private void build(Path into) throws IOException {
    String pinned = source + "@v" + version;
    var command = new ArrayList<String>();
    onPath("nice").ifPresent(nice -> command.add(nice.toString()));
    command.addAll(List.of("go", "install", "-ldflags=-s -w", pinned));
    try {
      var builder = new ProcessBuilder(command);
      builder.environment().put("GOBIN", into.toString());
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      if (end(builder.start()) != 0) {
        throw new CannotStart(
            "Building %s failed; see why with: GOBIN=%s go install -ldflags='-s -w' %s"
                .formatted(name, into, pinned));
      }
      String asGoNamesIt = source.substring(source.lastIndexOf('/') + 1);
      Files.move(into.resolve(executable(asGoNamesIt)), program(), StandardCopyOption.ATOMIC_MOVE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits for its end, or ends it together with this JVM. */
  private static int end(Process process) throws InterruptedException {
    var ending = new Thread(process::destroy, "end");
    Runtime.getRuntime().addShutdownHook(ending);
    int exit = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(ending);
    return exit;
  }

  private Path program() {
    return cache().resolve(executable(name));
  }

  private Path cache() {
    String base = System.getenv("XDG_CACHE_HOME");
    Path caches = base == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
    return caches.resolve("mainstay").resolve(name + "-" + version);
  }

  private static String executable(String name) {
    return File.separatorChar == '\\' ? name + ".exe" : name;
  }
}
