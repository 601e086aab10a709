package dev.mainstay.worker.intake;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.IntakeKind;
import dev.mainstay.workflows.process.Lane;
import dev.mainstay.workflows.process.ProcessStart;
import dev.mainstay.workflows.process.ProcessType;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.Priority;
import io.temporal.common.metadata.POJOWorkflowInterfaceMetadata;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Starts the runs of a kind as its process type declares them. */
final class ProcessStarter<B> implements RunStarter {

  private final WorkflowClient client;
  private final JsonMapper json;
  private final String process;
  private final IntakeKind<B> kind;

  private ProcessStarter(
      WorkflowClient client, JsonMapper json, String process, IntakeKind<B> kind) {
    this.client = client;
    this.json = json;
    this.process = process;
    this.kind = kind;
  }

  /** One for each kind of intake row that starts the process. */
  static Stream<RunStarter> of(ProcessType type, WorkflowClient client, JsonMapper json) {
    return type.intake().stream()
        .map(kind -> new ProcessStarter<>(client, json, type.name(), kind));
  }

  @Override
  public String kind() {
    return kind.name();
  }

  @Override
  public Lane lane() {
    return kind.lane();
  }

  @Override
  public int maxBatchSize() {
    return kind.maxBatchSize();
  }

  @Override
  public ClaimedRun run(Claim claim) {
    List<Claimed<B>> rows = claim.rows().stream().map(this::claimed).toList();
    ProcessStart start = kind.start().of(claim.id(), rows);
    WorkflowStub run =
        client.newUntypedWorkflowStub(
            typeOf(start.workflow()), options(start, claim.restarts() || start.repeatable()));
    return new ClaimedRun(
        start.workflowId(),
        () -> {
          if (start.signal() == null) {
            var _ = run.start(start.input());
          } else {
            var _ =
                run.signalWithStart(start.signal(), new Object[0], new Object[] {start.input()});
          }
        });
  }

  private Claimed<B> claimed(Claim.Row row) {
    B body = json.readValue(row.body(), kind.body());
    return new Claimed<>(body, row.businessId(), row.correlationId());
  }

  /**
   * An id whose run ended from outside may always start again; one whose run has completed only if
   * it is repeatable, or if the facts call its work unfinished.
   */
  private WorkflowOptions options(ProcessStart start, boolean againAfterCompletion) {
    var options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(start.workflowId())
            .setWorkflowIdReusePolicy(
                againAfterCompletion
                    ? WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE
                    : WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
            .setTaskQueue(TaskQueues.PROCESSES)
            .setDisableEagerExecution(false)
            .setTypedSearchAttributes(
                io.temporal.common.SearchAttributes.newBuilder()
                    .set(SearchAttributes.PROCESS, process)
                    .set(SearchAttributes.SUBJECTS, start.subjects())
                    .build());
    if (start.priority() > 0) {
      options.setPriority(Priority.newBuilder().setPriorityKey(start.priority()).build());
    }
    return options.build();
  }

  private static String typeOf(Class<?> workflow) {
    return POJOWorkflowInterfaceMetadata.newInstance(workflow).getWorkflowType().orElseThrow();
  }
}
