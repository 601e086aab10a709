package dev.mainstay.benchmark;

import dev.mainstay.benchmark.payroll.PayrollCommand;
import dev.mainstay.benchmark.purchase.PurchaseCommand;
import dev.mainstay.benchmark.soak.SoakCommand;
import dev.mainstay.sandbox.server.CannotStart;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./mainstay bench} runs. */
@Command(
    name = "./mainstay bench",
    description = "Measures a process against a reference on the same machine.",
    synopsisSubcommandLabel = "PROCESS",
    subcommands = {PurchaseCommand.class, PayrollCommand.class, SoakCommand.class})
public final class Benchmark {

  private Benchmark() {}

  public static void main(String[] arguments) {
    System.setProperty("mainstay.log", ".mainstay/log/bench.log");
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(
        new CommandLine(new Benchmark())
            .setExecutionExceptionHandler((failure, _, _) -> explain(failure))
            .execute(arguments));
  }

  private static int explain(Exception failure) throws Exception {
    if (failure instanceof CannotStart) {
      System.err.println(failure.getMessage());
      return 1;
    }
    throw failure;
  }
}
