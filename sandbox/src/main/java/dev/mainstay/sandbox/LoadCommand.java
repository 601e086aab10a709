package dev.mainstay.sandbox;

import dev.mainstay.sandbox.load.Load;
import dev.mainstay.sandbox.load.LoadPlan;
import dev.mainstay.sandbox.load.LoadProgress;
import dev.mainstay.sandbox.load.LoadReport;
import dev.mainstay.sandbox.server.DatabaseAddress;
import java.net.URI;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "load",
    description =
        "Sends signed Stripe events, waits until every purchase is complete, and runs the invariant checker.",
    mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {

  @Option(
      names = "--purchases",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Number of purchases. Default: ${DEFAULT-VALUE}.")
  private int purchases;

  @ArgGroup(exclusive = true)
  private Speed speed = new Speed();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "Maximum number of unanswered events. In a flood, a larger number only makes each event wait longer. Default: ${DEFAULT-VALUE}.")
  private int concurrency;

  @Override
  public Integer call() throws Exception {
    Status status = Status.require(Home.here());
    var load =
        new Load(
            URI.create(status.api() + "/api/v1/webhooks/stripe"),
            status.stripeWebhookSecret(),
            DatabaseAddress.parse(status.databaseUrl()),
            new LoadPlan(purchases, speed.flood ? 0 : speed.rate, concurrency));
    LoadReport report;
    try (var bar = new Bar(purchases)) {
      report = load.run(bar);
    }
    System.out.println(report.text());
    return report.isGood() ? 0 : 1;
  }

  /** At a rate, or as fast as it goes. */
  private static final class Speed {
    @Option(
        names = "--rate",
        paramLabel = "R",
        defaultValue = "50",
        description = "Events per second. Default: ${DEFAULT-VALUE}.")
    private double rate = 50;

    @Option(names = "--flood", description = "Send the next event as soon as one is answered.")
    private boolean flood;
  }

  /** How many are complete, and beside it how many were acknowledged. */
  private static final class Bar implements LoadProgress, AutoCloseable {

    private final ProgressBar bar;

    Bar(int purchases) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("complete")
              .setInitialMax(purchases)
              .setStyle(ProgressBarStyle.ASCII)
              .build();
    }

    @Override
    public void acknowledged(long soFar) {
      bar.setExtraMessage("%,d acknowledged".formatted(soFar));
    }

    @Override
    public void complete(long soFar) {
      bar.stepTo(soFar);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
