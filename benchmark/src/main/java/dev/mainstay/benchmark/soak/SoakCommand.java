package dev.mainstay.benchmark.soak;

import dev.mainstay.sandbox.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Half load for long; the exit code says whether anything grew, or was lost. */
@Command(
    name = "soak",
    description =
        "Runs payments and refunds at half load for a long time. Exit code 1 if a measure grows,"
            + " a payment is not complete or an invariant is violated.",
    mixinStandardHelpOptions = true)
public final class SoakCommand implements Callable<Integer> {

  private static final Path RESULTS = Path.of("benchmark/results/soak.json");
  private static final Path PAGE = Path.of("docs/soak.md");

  /** The number of purchases for which there are trainers. */
  private static final int MOST_PURCHASES = 40_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "Duration. Default: ${DEFAULT-VALUE}, the shortest run that writes docs/soak.md.")
  private int minutes;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "20",
      description =
          "Payments per second. Default: ${DEFAULT-VALUE}, which keeps two processors three fifths"
              + " busy, including the sender.")
  private double rate;

  @Override
  public Integer call() throws Exception {
    if (minutes < 1 || rate <= 0 || rate * minutes * 60 > MOST_PURCHASES) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Minutes and rate must be above 0 and give at most %,d payments: there are no trainers for more"
              .formatted(MOST_PURCHASES));
    }
    var stopped = new CountDownLatch(1);
    var reported = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, reported), "stop"));
    try {
      return soak(stopped).isGood() ? 0 : 1;
    } finally {
      reported.countDown();
    }
  }

  /** On Ctrl-C too there is a report. */
  private static void stop(CountDownLatch stopped, CountDownLatch reported) {
    stopped.countDown();
    try {
      reported.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private SoakReport soak(CountDownLatch stopped) throws Exception {
    try (Soak soak = Soak.start(new Home(Home.here().directory().resolve("bench-soak")))) {
      String command = "./mainstay bench soak --minutes %d --rate %s".formatted(minutes, rate);
      SoakReport report = soak.run(command, Duration.ofMinutes(minutes), rate, stopped);
      write(report);
      return report;
    }
  }

  private static void write(SoakReport report) throws IOException {
    System.out.println();
    System.out.println(report.table());
    System.out.println(report.summary());
    Files.createDirectories(RESULTS.getParent());
    Files.writeString(
        RESULTS,
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(report));
    System.out.println("Written to " + RESULTS);
    if (report.isLongEnough()) {
      Files.writeString(PAGE, report.page());
      System.out.println("Written to " + PAGE);
    }
  }
}
