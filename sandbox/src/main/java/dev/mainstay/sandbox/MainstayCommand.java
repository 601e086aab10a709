package dev.mainstay.sandbox;

import dev.mainstay.api.access.KeyCommand;
import dev.mainstay.api.audit.AuditCommand;
import dev.mainstay.sandbox.server.CannotStart;
import dev.mainstay.worker.recovery.RecoverCommand;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./mainstay} runs. */
@Command(
    name = "./mainstay",
    description = "Runs the durable back office of a service marketplace on this machine.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LoadCommand.class,
      WorkerCommand.class,
      TemporalCommand.class,
      RehearseCommand.class
    })
public final class MainstayCommand {

  private MainstayCommand() {}

  /** Runs one command; its exit code is the process's. */
  public static void main(String[] arguments) {
    logInto(Home.here(), arguments.length == 0 ? "mainstay" : arguments[0]);
    System.exit(
        new CommandLine(new MainstayCommand())
            .addSubcommand(KeyCommand.commandLine(new RunningDatabase(Home.here())))
            .addSubcommand(AuditCommand.commandLine(new RunningDatabase(Home.here())))
            .addSubcommand(recover(Home.here()))
            .setExpandAtFiles(false)
            .setExecutionExceptionHandler((failure, _, _) -> explain(failure))
            .execute(arguments));
  }

  /** On the servers of the running sandbox. */
  static CommandLine recover(Home home) {
    return RecoverCommand.commandLine(
        new RunningDatabase(home),
        () ->
            WorkflowClient.newInstance(
                WorkflowServiceStubs.newServiceStubs(
                    WorkflowServiceStubsOptions.newBuilder()
                        .setTarget(Status.require(home).temporalAddress())
                        .build())));
  }

  /** Each command has a log of its own; the console is for people. */
  private static void logInto(Home home, String command) {
    System.setProperty("mainstay.log", home.logs().resolve(command + ".log").toString());
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static int explain(Exception failure) {
    if (failure instanceof CannotStart) {
      System.err.println(failure.getMessage());
    } else {
      LoggerFactory.getLogger(MainstayCommand.class).error("The command failed", failure);
      System.err.println(failure + "; more in " + System.getProperty("mainstay.log"));
    }
    return 1;
  }
}
