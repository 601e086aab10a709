package dev.mainstay.worker.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.mainstay.worker.retry.RetryProperties.Retry;
import dev.mainstay.workflows.ProcessTypes;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps;
import dev.mainstay.workflows.invariants.InvariantsSweepImpl;
import dev.mainstay.workflows.notification.NotificationBatchWorkflowImpl;
import dev.mainstay.workflows.notification.NotificationWorkflowImpl;
import dev.mainstay.workflows.payment.PaymentCheckWorkflowImpl;
import dev.mainstay.workflows.payroll.PayoutWorkflowImpl;
import dev.mainstay.workflows.payroll.PayrollWorkflowImpl;
import dev.mainstay.workflows.payroll.WeeklyPayrollWorkflowImpl;
import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflowImpl;
import dev.mainstay.workflows.purchase.PurchaseWorkflowImpl;
import dev.mainstay.workflows.purchase.TrainerFreeWorkflowImpl;
import dev.mainstay.workflows.refund.RefundSteps;
import dev.mainstay.workflows.refund.RefundWorkflow;
import dev.mainstay.workflows.refund.RefundWorkflowImpl;
import dev.mainstay.workflows.reminder.AppointmentReminderWorkflowImpl;
import dev.mainstay.workflows.reminder.PaymentReminderWorkflowImpl;
import dev.mainstay.workflows.reminder.ReminderPartWorkflowImpl;
import dev.mainstay.workflows.session.SessionTopUpWorkflowImpl;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.task.TaskWorkflowImpl;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfiguredRetriesTest {

  private static final Retry OTHERWISE =
      new Retry(17, Duration.ofSeconds(7), Duration.ofMinutes(11));

  private static List<Path> histories() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of("..", "workflows", "src", "test", "resources", "histories"))) {
      return files.toList();
    }
  }

  /** So that attempts and intervals can change while runs are open. */
  @ParameterizedTest
  @MethodSource("histories")
  void everyRecordedHistoryIsReplayedUnderOtherLimits(Path history) {
    try (TestWorkflowEnvironment temporal = temporal(everyStep())) {
      var worker = temporal.newWorker(TaskQueues.PROCESSES);
      worker.registerWorkflowImplementationTypes(
          PurchaseBatchWorkflowImpl.class,
          PurchaseWorkflowImpl.class,
          PaymentCheckWorkflowImpl.class,
          RefundWorkflowImpl.class,
          SessionTopUpWorkflowImpl.class,
          InvariantsSweepImpl.class,
          TrainerFreeWorkflowImpl.class,
          TaskWorkflowImpl.class,
          NotificationBatchWorkflowImpl.class,
          PayrollWorkflowImpl.class,
          PayoutWorkflowImpl.class,
          WeeklyPayrollWorkflowImpl.class,
          NotificationWorkflowImpl.class,
          AppointmentReminderWorkflowImpl.class,
          PaymentReminderWorkflowImpl.class,
          ReminderPartWorkflowImpl.class);

      assertThatCode(() -> worker.replayWorkflowExecution(Files.readString(history)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aStepIsTriedAsOftenAsConfiguredTheLocalAttemptIncluded() {
    var steps = new FailingSteps();
    Retry retry = new Retry(3, Duration.ofSeconds(5), null);
    try (TestWorkflowEnvironment temporal = temporal(Map.of("refund", Map.of("book", retry)))) {
      var worker = temporal.newWorker(TaskQueues.PROCESSES);
      worker.registerWorkflowImplementationTypes(RefundWorkflowImpl.class);
      worker.registerActivitiesImplementations(steps);
      temporal.start();
      RefundWorkflow refund =
          temporal
              .getWorkflowClient()
              .newWorkflowStub(
                  RefundWorkflow.class,
                  WorkflowOptions.newBuilder()
                      .setWorkflowId("refund/stripe/pi_1/500")
                      .setTaskQueue(TaskQueues.PROCESSES)
                      .build());
      long begun = temporal.currentTimeMillis();
      var _ =
          WorkflowClient.start(
              refund::run,
              new RefundWorkflow.Input(
                  "stripe", "pi_1", new UUID(0, 1), null, 500, "EUR", "correlation"));
      temporal.sleep(Duration.ofHours(1));

      assertThat(steps.booked).hasValue(3);
      assertThat(steps.opened).hasValue(1);
      // 5 s after the local attempt, and 5 s after the first ordinary one
      assertThat(steps.openedAt - begun).isGreaterThanOrEqualTo(10_000);
    }
  }

  private static Map<String, Map<String, Retry>> everyStep() {
    Map<String, Map<String, Retry>> all = new HashMap<>();
    for (ProcessType type : ProcessTypes.ALL) {
      Map<String, Retry> steps = new HashMap<>();
      for (Step step : type.steps()) {
        steps.put(step.name(), OTHERWISE);
        if (step.attemptsFixed()) {
          steps.put(
              step.name(), new Retry(null, OTHERWISE.firstInterval(), OTHERWISE.longestInterval()));
        }
      }
      all.put(type.name(), steps);
    }
    return all;
  }

  private static TestWorkflowEnvironment temporal(Map<String, Map<String, Retry>> configured) {
    Collection<ProcessType> types = ProcessTypes.ALL;
    return TestWorkflowEnvironment.newInstance(
        TestEnvironmentOptions.newBuilder()
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder()
                    .setWorkerInterceptors(
                        new ConfiguredRetries(() -> RetryLimits.of(configured, types)))
                    .build())
            .registerSearchAttribute(
                SearchAttributes.NEEDS_ATTENTION.getName(),
                IndexedValueType.INDEXED_VALUE_TYPE_BOOL)
            .registerSearchAttribute(
                SearchAttributes.ATTENTION_REASON.getName(),
                IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
            .build());
  }

  /** Books nothing. */
  public static final class FailingSteps implements RefundSteps, AttentionSteps {

    private final AtomicInteger booked = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile long openedAt;

    @Override
    public Booked book(Refund refund) {
      booked.incrementAndGet();
      throw new IllegalStateException("no such column");
    }

    @Override
    public void open(AttentionItem item, @Nullable UUID id) {
      opened.incrementAndGet();
      openedAt =
          io.temporal.activity.Activity.getExecutionContext()
              .getInfo()
              .getCurrentAttemptScheduledTimestamp();
    }

    @Override
    public void resolve(Resolution resolution) {}

    @Override
    public void record(SignalRecord signal) {}
  }
}
