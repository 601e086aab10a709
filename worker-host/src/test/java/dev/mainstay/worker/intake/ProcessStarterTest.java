package dev.mainstay.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.worker.intake.RunStarter.ClaimedRun;
import dev.mainstay.workflows.ProcessTypes;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.notification.NotificationBatchWorkflow;
import dev.mainstay.workflows.notification.NotificationWorkflow;
import dev.mainstay.workflows.payroll.PayrollWorkflow;
import dev.mainstay.workflows.purchase.TrainerFreeWorkflow;
import dev.mainstay.workflows.refund.RefundWorkflow;
import dev.mainstay.workflows.task.TaskWorkflow;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

class ProcessStarterTest {

  private static final UUID CLAIM = new UUID(0, 3);
  private static final UUID ID = new UUID(0, 1);
  private static final String FREE = "{\"trainerId\":\"%s\"}".formatted(ID);
  private static final String PAYROLL_ID = "payroll/weekly/2026-01-05";

  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .registerSearchAttribute(
                  SearchAttributes.PROCESS.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .registerSearchAttribute(
                  SearchAttributes.SUBJECTS.getName(),
                  IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST)
              .build());

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void aRunIsStartedAsItsProcessTypeSays() {
    String body =
        """
        {"provider":"stripe","providerPaymentId":"pi_1","amountMinor":500,"currency":"EUR","laterField":1}\
        """;

    start("refund", body);

    var run = temporal.getWorkflowClient().newUntypedWorkflowStub("refund/stripe/pi_1/500");
    var description = run.describe();
    assertThat(description.getWorkflowType()).isEqualTo("Refund");
    assertThat(description.getTypedSearchAttributes().get(SearchAttributes.PROCESS))
        .isEqualTo("refund");
    assertThat(description.getTypedSearchAttributes().get(SearchAttributes.SUBJECTS))
        .containsExactly("pi_1");
    assertThat(input(run, RefundWorkflow.Input.class))
        .isEqualTo(new RefundWorkflow.Input("stripe", "pi_1", ID, null, 500, "EUR", "correlation"));
  }

  @Test
  void whatRunsOrHasCompletedIsNotStartedAgain() {
    startFree();
    assertThatThrownBy(this::startFree).isInstanceOf(WorkflowExecutionAlreadyStarted.class);
    complete();

    assertThatThrownBy(this::startFree).isInstanceOf(WorkflowExecutionAlreadyStarted.class);
  }

  @Test
  void whatWasTerminatedIsStartedAgain() {
    startFree();
    String lost = latestRun();
    free().terminate("by mistake");

    startFree();

    assertThat(latestRun()).isNotEqualTo(lost);
  }

  @Test
  void aRestartStartsAlsoWhatHasCompletedButNeverWhatRuns() {
    startFree();
    assertThatThrownBy(this::restartFree).isInstanceOf(WorkflowExecutionAlreadyStarted.class);
    String completed = latestRun();
    complete();

    restartFree();

    assertThat(latestRun()).isNotEqualTo(completed);
  }

  private void startFree() {
    start(TrainerFreeWorkflow.NAME, FREE);
  }

  private void restartFree() {
    var row = new Claim.Row(ID, FREE, "correlation", Duration.ZERO, true);
    starter(TrainerFreeWorkflow.NAME)
        .run(new Claim(CLAIM, TrainerFreeWorkflow.NAME, List.of(row)))
        .start()
        .run();
  }

  /** A worker takes the run that was started, and ends it. */
  private void complete() {
    temporal
        .newWorker(TaskQueues.PROCESSES)
        .registerWorkflowImplementationFactory(
            TrainerFreeWorkflow.class, () -> _ -> new TrainerFreeWorkflow.Result(0));
    temporal.start();
    free().getResult(Void.class);
  }

  private String latestRun() {
    return free().describe().getExecution().getRunId();
  }

  private WorkflowStub free() {
    return temporal.getWorkflowClient().newUntypedWorkflowStub(TrainerFreeWorkflow.id(ID));
  }

  @Test
  void severalRowsOfAClaimGoInOneRun() {
    String body = "{\"event\":\"booking.created\",\"subjectId\":\"%s\"}".formatted(ID);

    assertThat(run(NotificationWorkflow.NAME, body, body).workflowId())
        .isEqualTo(NotificationBatchWorkflow.id(CLAIM));
  }

  @Test
  void aBodyThatCannotBeReadStartsNothing() {
    assertThatThrownBy(() -> run("task", "{\"type\":\"unheard-of\"}"))
        .isInstanceOf(DatabindException.class);
  }

  @ParameterizedTest
  @CsvSource({"high, 1", "normal, 3", "low, 5"})
  void aRunHasItsTasksPriority(String priority, int key) {
    String body =
        """
        {"type":"user-report","customerId":"%s","priority":"%s","maxRetries":2,"notBefore":"2026-11-20T09:00:00Z",\
        "timeoutSeconds":60}\
        """
            .formatted(new UUID(0, 2), priority);

    start(TaskWorkflow.NAME, body);

    var run = temporal.getWorkflowClient().newUntypedWorkflowStub(TaskWorkflow.id(ID));
    assertThat(started(run).getPriority().getPriorityKey()).isEqualTo(key);
    assertThat(input(run, TaskWorkflow.Input.class).timeout()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aPayrollRequestStartsTheRunAndAnApprovalWakesIt() {
    startPayroll(true);
    startPayroll(true);

    assertThat(temporal.getWorkflowClient().fetchHistory(PAYROLL_ID).getEvents())
        .filteredOn(
            event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
        .hasSize(2);
  }

  @Test
  void aPayrollThatIsOnlyAskedForAgainStartsNothingWhereARunIsThere() {
    startPayroll(false);

    assertThatThrownBy(() -> startPayroll(false))
        .isInstanceOf(WorkflowExecutionAlreadyStarted.class);
  }

  @Test
  void aPayrollRunThatWasLostIsStartedAgain() {
    startPayroll(false);
    temporal.getWorkflowClient().newUntypedWorkflowStub(PAYROLL_ID).terminate("lost");

    startPayroll(false);

    assertThat(temporal.getWorkflowClient().fetchHistory(PAYROLL_ID).getEvents()).isNotEmpty();
  }

  private void startPayroll(boolean wakes) {
    String body =
        """
        {"runId":"%s","cadence":"weekly","periodStart":"2026-01-05","wakes":%s}\
        """
            .formatted(ID, wakes);
    start(PayrollWorkflow.NAME, body);
  }

  private void start(String kind, String body) {
    run(kind, body).start().run();
  }

  private ClaimedRun run(String kind, String... bodies) {
    List<Claim.Row> rows =
        Stream.of(bodies)
            .map(body -> new Claim.Row(ID, body, "correlation", Duration.ZERO, false))
            .toList();
    return starter(kind).run(new Claim(CLAIM, kind, rows));
  }

  private RunStarter starter(String kind) {
    return ProcessTypes.ALL.stream()
        .flatMap(type -> ProcessStarter.of(type, temporal.getWorkflowClient(), JsonMapper.shared()))
        .filter(other -> other.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private <T> T input(WorkflowStub run, Class<T> type) {
    return temporal
        .getWorkflowClient()
        .getOptions()
        .getDataConverter()
        .fromPayload(started(run).getInput().getPayloads(0), type, type);
  }

  private WorkflowExecutionStartedEventAttributes started(WorkflowStub run) {
    HistoryEvent first =
        temporal
            .getWorkflowClient()
            .fetchHistory(Objects.requireNonNull(run.getExecution()).getWorkflowId())
            .getEvents()
            .getFirst();
    return first.getWorkflowExecutionStartedEventAttributes();
  }
}
