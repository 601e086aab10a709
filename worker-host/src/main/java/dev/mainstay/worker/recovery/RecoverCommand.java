package dev.mainstay.worker.recovery;

import dev.mainstay.activities.recovery.Runs;
import dev.mainstay.activities.recovery.UnfinishedWork;
import dev.mainstay.activities.recovery.UnfinishedWork.Lost;
import dev.mainstay.activities.recovery.UnfinishedWork.Page;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowServiceException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code recover}: starts what the facts call unfinished and Temporal does not run. */
@Command(
    name = "recover",
    description =
        "Starts again everything that is unfinished by the facts and that Temporal does not run.",
    mixinStandardHelpOptions = true)
public final class RecoverCommand implements Callable<Integer> {

  private final DSLContext database;
  private final Supplier<WorkflowClient> temporal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--dry-run", description = "List what would be started, and start nothing.")
  private boolean dryRun;

  @Option(
      names = "--reason",
      defaultValue = "recover",
      description = "Why, for the audit log. Default: recover.")
  private String reason = "";

  @Option(
      names = "--per-second",
      defaultValue = "100",
      description = "Maximum number of processes to start per second. Default: 100.")
  private int perSecond;

  private RecoverCommand(DataSource database, Supplier<WorkflowClient> temporal) {
    this.database = DSL.using(database, SQLDialect.POSTGRES);
    this.temporal = temporal;
  }

  /** Runs on the servers that the worker host's own configuration names. */
  public static void main(String[] arguments) {
    System.exit(RecoveryConnections.run(arguments));
  }

  /** The command, ready to be executed or put under another. */
  public static CommandLine commandLine(DataSource database, Supplier<WorkflowClient> temporal) {
    return new CommandLine(new RecoverCommand(database, temporal));
  }

  @Override
  public Integer call() throws InterruptedException {
    if (reason.isBlank() || perSecond < 1 || perSecond > 1000) {
      return refuse("The reason must not be blank, and --per-second must be 1 to 1000");
    }
    WorkflowClient client = temporal.get();
    try {
      requireNamespace(client);
      return recover(new UnfinishedWork(database, Runs.of(client)));
    } catch (StatusRuntimeException e) {
      return refuse(whyNot(client, e));
    } catch (WorkflowServiceException e) {
      return refuse(
          "Temporal does not answer any more. What was started stays started; run it again: "
              + e.getCause());
    }
  }

  private int recover(UnfinishedWork work) throws InterruptedException {
    Map<String, Integer> counts = new TreeMap<>();
    @Nullable UUID after = null;
    do {
      Page page = work.lost(after, perSecond);
      List<Lost> lost = page.lost();
      if (dryRun) {
        lost.forEach(this::print);
      }
      int started = dryRun ? 0 : restart(work, lost);
      lost.forEach(one -> counts.merge(one.process(), 1, Integer::sum));
      after = page.last();
      if (started > 0 && after != null) {
        TimeUnit.SECONDS.sleep(1);
      }
    } while (after != null);
    counts.forEach((process, count) -> out().printf("%-24s %,8d%n", process, count));
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    out().printf("%-24s %,8d%n", dryRun ? "would be started" : "started", all);
    int without = work.withoutIntakeRow();
    if (without > 0) {
      err()
          .printf(
              "%d are unfinished and have no intake row that could start them: select * from unfinished where intake_id is null%n",
              without);
    }
    return 0;
  }

  private int restart(UnfinishedWork work, List<Lost> lost) {
    return lost.isEmpty()
        ? 0
        : work.restart(lost, "recover", reason, "recover-" + UUID.randomUUID()).size();
  }

  private void print(Lost lost) {
    out().printf("%s  since %s  its run %s%n", lost.run(), lost.since(), lost.how());
  }

  /** Without it, every run would look lost. */
  private static void requireNamespace(WorkflowClient client) {
    var _ =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .withDeadlineAfter(10, TimeUnit.SECONDS)
            .describeNamespace(
                DescribeNamespaceRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .build());
  }

  private static String whyNot(WorkflowClient client, StatusRuntimeException failure) {
    String namespace = client.getOptions().getNamespace();
    return failure.getStatus().getCode() == Status.Code.NOT_FOUND
        ? "Temporal has no namespace %1$s. Run: temporal operator namespace create --namespace %1$s --retention 168h"
            .formatted(namespace)
        : "Temporal does not answer: " + failure.getStatus();
  }

  private int refuse(String why) {
    err().println(why);
    return 1;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
