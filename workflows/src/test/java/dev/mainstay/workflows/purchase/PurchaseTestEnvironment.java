package dev.mainstay.workflows.purchase;

import com.google.protobuf.Timestamp;
import dev.mainstay.workflows.HistoryRecorder;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A Temporal with the purchase's workflows on fake steps. */
final class PurchaseTestEnvironment implements AutoCloseable {

  static final String PAYMENT = "pi_1";
  static final PurchaseWorkflow.Input INPUT =
      new PurchaseWorkflow.Input(
          new UUID(0, 1), 12_000, "USD", PurchaseWorkflow.Waits.DEFAULT, "correlation");

  final FakeSteps steps = new FakeSteps();
  final FakeAdminService adminService = new FakeAdminService();
  final TestWorkflowEnvironment temporal;

  PurchaseTestEnvironment() {
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .registerSearchAttribute(
                    SearchAttributes.NEEDS_ATTENTION.getName(),
                    IndexedValueType.INDEXED_VALUE_TYPE_BOOL)
                .registerSearchAttribute(
                    SearchAttributes.ATTENTION_REASON.getName(),
                    IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .build());
    var worker = temporal.newWorker(TaskQueues.PROCESSES);
    worker.registerWorkflowImplementationTypes(
        PurchaseBatchWorkflowImpl.class, PurchaseWorkflowImpl.class, TrainerFreeWorkflowImpl.class);
    worker.registerActivitiesImplementations(steps);
    temporal.newWorker(TaskQueues.ADMIN_SERVICE).registerActivitiesImplementations(adminService);
    temporal.start();
  }

  PurchaseBatchWorkflow.Result runBatch(int purchases) {
    return startBatch(purchases).getResult(PurchaseBatchWorkflow.Result.class);
  }

  WorkflowStub startBatch(int purchases) {
    PurchaseBatchWorkflow workflow = stub(PurchaseBatchWorkflow.class, "purchase-batch/1");
    var _ =
        WorkflowClient.start(
            workflow::run,
            new PurchaseBatchWorkflow.Input(
                Stream.generate(UUID::randomUUID).limit(purchases).toList()));
    return WorkflowStub.fromTyped(workflow);
  }

  /** Starts a purchase that runs alone. */
  PurchaseWorkflow startAlone() {
    PurchaseWorkflow workflow =
        stub(PurchaseWorkflow.class, PurchaseWorkflow.id("stripe", PAYMENT));
    var _ = WorkflowClient.start(workflow::run, INPUT);
    return workflow;
  }

  /**
   * Reports that a trainer is free, and waits until the waiting purchases have been signalled. The
   * environment's own client would skip time while it waits, and with it the moment of the report.
   */
  TrainerFreeWorkflow.Result tellTrainerFree() {
    return tellTrainerFree(
        WorkflowClient.newInstance(
            temporal.getWorkflowServiceStubs(),
            WorkflowClientOptions.newBuilder().setNamespace(temporal.getNamespace()).build()));
  }

  /** The same, with time to skip for a step that is tried again. */
  TrainerFreeWorkflow.Result tellTrainerFreeInTime() {
    return tellTrainerFree(temporal.getWorkflowClient());
  }

  private static TrainerFreeWorkflow.Result tellTrainerFree(WorkflowClient client) {
    var announcement = UUID.randomUUID();
    return stub(client, TrainerFreeWorkflow.class, TrainerFreeWorkflow.id(announcement))
        .run(new TrainerFreeWorkflow.Input(announcement, new UUID(0, 7)));
  }

  /**
   * The duration of the purchase that runs alone. By its history, since the test server's clock may
   * run on by years once nothing is left to do.
   */
  Duration passed() {
    var events =
        temporal
            .getWorkflowClient()
            .fetchHistory(PurchaseWorkflow.id("stripe", PAYMENT))
            .getEvents();
    return Duration.between(
        at(events.getFirst().getEventTime()), at(events.getLast().getEventTime()));
  }

  private static Instant at(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  PurchaseWorkflow.Result result(PurchaseWorkflow workflow) {
    return WorkflowStub.fromTyped(workflow).getResult(PurchaseWorkflow.Result.class);
  }

  /** The record of the resolution of the first item of the purchase that runs alone. */
  Resolution resolution(String step, OperatorAction action, OperatorNote note) {
    return new Resolution(
        PurchaseWorkflow.id("stripe", PAYMENT),
        step,
        action,
        note,
        steps.openedIds.element(),
        INPUT.purchaseId(),
        INPUT.correlationId());
  }

  /** Keeps the history of the purchase that runs alone. */
  void record(String name) {
    HistoryRecorder.record(temporal, name, PurchaseWorkflow.id("stripe", PAYMENT));
  }

  List<String> history(String workflowId) {
    return temporal.getWorkflowClient().fetchHistory(workflowId).getEvents().stream()
        .map(event -> event.getEventType().name().replace("EVENT_TYPE_", ""))
        .toList();
  }

  private <T> T stub(Class<T> contract, String id) {
    return stub(temporal.getWorkflowClient(), contract, id);
  }

  private static <T> T stub(WorkflowClient client, Class<T> contract, String id) {
    return client.newWorkflowStub(
        contract,
        WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(TaskQueues.PROCESSES).build());
  }

  @Override
  public void close() {
    temporal.close();
  }
}
