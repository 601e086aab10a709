package dev.mainstay.sandbox;

import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.sandbox.server.TemporalBinary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description =
        "Starts everything on this machine, prints the addresses, and runs until Ctrl-C. Keeps its data.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  private static final Duration READY_WITHIN = Duration.ofMinutes(10);

  @Option(
      names = "--detach",
      description = "Return once everything is ready. ./mainstay down stops it.")
  private boolean detach;

  @Option(names = "--fresh", description = "Delete all data first.")
  private boolean fresh;

  @Option(
      names = "--worker-hosts",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Run N worker hosts in processes of their own. The main process then runs none.")
  private int workerHosts;

  @Option(
      names = "--allocator",
      paramLabel = "KIND",
      defaultValue = "built-in",
      description =
          "How students get their trainers: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Allocator allocator = Allocator.BUILT_IN;

  @Option(
      names = "--port-base",
      paramLabel = "N",
      defaultValue = "" + Ports.DEFAULT_BASE,
      description = "Port of the REST API. The other ports follow it. Default: ${DEFAULT-VALUE}.")
  private int portBase;

  @Option(
      names = "--temporal-address",
      paramLabel = "HOST:PORT",
      description = "Use this Temporal server instead of starting one.")
  private @Nullable String temporalAddress;

  @Option(
      names = "--database-url",
      paramLabel = "URI",
      description =
          "Use this PostgreSQL instead of starting one. The user is a superuser: postgresql://user:password@host:port/database.")
  private @Nullable String databaseUrl;

  @Override
  public Integer call() throws InterruptedException {
    if (detach) {
      detach();
    } else {
      stay();
    }
    return 0;
  }

  private void detach() {
    Home home = Home.here();
    Sandbox.refuseSecond(home);
    if (temporalAddress == null) {
      // here, as building it may take minutes and is reported
      TemporalBinary.find(Steps.sinceCommand());
    }
    List<String> arguments = new ArrayList<>(List.of("up"));
    arguments.add("--port-base=" + portBase);
    arguments.add("--worker-hosts=" + workerHosts);
    arguments.add("--allocator=" + allocator);
    if (fresh) {
      arguments.add("--fresh");
    }
    if (temporalAddress != null) {
      arguments.add("--temporal-address=" + temporalAddress);
    }
    if (databaseUrl != null) {
      arguments.add("--database-url=" + databaseUrl);
    }
    Screen.show(Jvm.start(home, "up", arguments).await(() -> Status.of(home), READY_WITHIN));
  }

  private void stay() throws InterruptedException {
    var sandbox = new Sandbox(Home.here(), options(), Steps.sinceCommand());
    Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "stop"));
    Status status = sandbox.start();
    Screen.show(status);
    new CountDownLatch(1).await();
  }

  private SandboxOptions options() {
    return new SandboxOptions(
        Ports.from(portBase),
        fresh,
        workerHosts,
        allocator,
        temporalAddress,
        databaseUrl == null ? null : DatabaseAddress.parse(databaseUrl));
  }
}
