package dev.mainstay.sandbox;

import dev.mainstay.sandbox.load.Load;
import dev.mainstay.sandbox.load.LoadPlan;
import dev.mainstay.sandbox.load.LoadProgress;
import dev.mainstay.sandbox.server.DatabaseAddress;
import java.net.URI;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * A short life of a sandbox on ports of its own, from which the JDK's AOT cache is made. The script
 * runs it behind the first {@code up} after a build, in a home of its own.
 */
@Command(
    name = "rehearse",
    description = "Starts a sandbox on free ports, sends it some purchases, and stops it.",
    hidden = true)
final class RehearseCommand implements Callable<Integer> {

  private static final LoadPlan SOME = new LoadPlan(50, 50, 8);

  private static final LoadProgress UNSEEN =
      new LoadProgress() {
        @Override
        public void acknowledged(long soFar) {}

        @Override
        public void complete(long soFar) {}
      };

  @Override
  public Integer call() throws SQLException, InterruptedException {
    var options = SandboxOptions.on(Ports.free()).startingEmpty();
    try (var sandbox = new Sandbox(Home.here(), options, Steps.sinceCommand())) {
      Status status = sandbox.start();
      new Load(
              URI.create(status.api() + "/api/v1/webhooks/stripe"),
              status.stripeWebhookSecret(),
              DatabaseAddress.parse(status.databaseUrl()),
              SOME)
          .run(UNSEEN);
    }
    return 0;
  }
}
