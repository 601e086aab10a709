package dev.mainstay.workflows.reminder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.page.PagePlan.PageBoundary;
import dev.mainstay.workflows.sweep.FakeSweepSteps;
import dev.mainstay.workflows.sweep.SweepSteps.End;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReminderSweepTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final FakeSweepSteps record = new FakeSweepSteps();
  private final Messages messages = new Messages();
  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .registerSearchAttribute(
                  SearchAttributes.PROGRESS.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .registerSearchAttribute(
                  SearchAttributes.PROCESS.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .build());

  ReminderSweepTest() {
    var processes = temporal.newWorker(TaskQueues.PROCESSES);
    processes.registerWorkflowImplementationTypes(
        AppointmentReminderWorkflowImpl.class,
        PaymentReminderWorkflowImpl.class,
        ReminderPartWorkflowImpl.class);
    processes.registerActivitiesImplementations(record);
    for (String queue :
        List.of(
            TaskQueues.BULK,
            TaskQueues.MESSAGES_EMAIL,
            TaskQueues.MESSAGES_SMS,
            TaskQueues.MESSAGES_PUSH)) {
      temporal.newWorker(queue).registerActivitiesImplementations(messages);
    }
    temporal.start();
  }

  @AfterEach
  void close() {
    messages.away.countDown();
    temporal.close();
  }

  @Test
  void writesWhatIsDueAtTheTimeThatTheScheduleMeantThenSendsOnEveryChannel() {
    assertThat(appointments().run()).isEqualTo(counts(2, 6));

    Instant nominal = record.begun.element().nominalAt();
    assertThat(messages.calls)
        .containsExactlyInAnyOrder(
            "write appointment up to b at " + nominal,
            "write appointment above b up to d at " + nominal,
            "send appointment email up to 1",
            "send appointment email above 1 up to 2",
            "send appointment sms up to 1",
            "send appointment sms above 1 up to 2",
            "send appointment push up to 1",
            "send appointment push above 1 up to 2");
    assertThat(new ArrayList<>(messages.calls).subList(0, 2))
        .as("nothing is sent before all is written")
        .allMatch(call -> call.startsWith("write"));
    assertThat(record.begun.element().sweep()).isEqualTo("appointment-reminder");
    assertThat(record.ended).containsExactly(new End(record.run(0), counts(2, 6), null));
  }

  @Test
  void paymentsAreToldByMailAndSmsAlone() {
    assertThat(start(PaymentReminderWorkflow.class, PaymentReminderWorkflow.id()).run())
        .isEqualTo(counts(2, 4));

    assertThat(messages.calls).noneMatch(call -> call.contains("push"));
    assertThat(record.begun.element().sweep()).isEqualTo("payment-reminder");
  }

  @Test
  void aChannelThatHangsHoldsUpNoOther() {
    messages.hanging = Channel.SMS;
    var run = appointments();
    WorkflowClient.start(run::run);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(messages.calls)
                .contains(
                    "send appointment email above 1 up to 2",
                    "send appointment push above 1 up to 2"));
    assertThat(record.ended).isEmpty();

    messages.away.countDown();
    assertThat(WorkflowStub.fromTyped(run).getResult(Counts.class)).isEqualTo(counts(2, 6));
  }

  @Test
  void aPageThatFailsIsTriedThreeTimesAndHoldsUpNoOther() {
    messages.poisoned = "send appointment sms up to 1";

    assertThat(appointments().run()).isEqualTo(counts(2, 5).plus(Counts.of("failedPages", 1)));

    assertThat(messages.failures).hasSize(ReminderSteps.TRIES);
    assertThat(record.gaveUp).singleElement().extracting("step").isEqualTo("up to 1");
  }

  @Test
  void withoutAPlanTheOtherPartsGoOn() {
    messages.poisoned = "plan appointment sms";

    assertThat(appointments().run()).isEqualTo(counts(2, 4).plus(Counts.of("failedPages", 1)));

    assertThat(record.gaveUp).singleElement().extracting("step").isEqualTo("plan");
    assertThat(record.ended).hasSize(1);
  }

  @Test
  void aCancelledRunIsRecordedOnceItsPartsHaveEnded() {
    messages.hanging = Channel.SMS;
    // more than run at once
    messages.pagesToSend = 6;
    var run = appointments();
    WorkflowClient.start(run::run);
    await().atMost(PATIENCE).until(() -> messages.hangs);

    WorkflowStub.fromTyped(run).cancel();
    await().atMost(PATIENCE).until(this::isPartAskedToEnd);
    messages.away.countDown();

    assertThatThrownBy(() -> WorkflowStub.fromTyped(run).getResult(Counts.class))
        .isInstanceOf(WorkflowFailedException.class)
        .hasCauseInstanceOf(CanceledFailure.class);
    assertThat(record.ended)
        .containsExactly(new End(record.run(0), Counts.NONE, "cancelled in Temporal"));
  }

  private boolean isPartAskedToEnd() {
    return temporal
        .getWorkflowClient()
        .fetchHistory(
            ReminderPartWorkflow.id(
                AppointmentReminderWorkflow.id(),
                new ReminderPart(Reminder.APPOINTMENT, Channel.SMS)))
        .getEvents()
        .stream()
        .anyMatch(event ->
            event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED);
  }

  /** More pages than a run takes: the next run continues at its position. */
  @Test
  void aPartOfManyPagesIsContinuedAsNew() {
    messages.pagesDue = 600;

    assertThat(appointments().run().byName()).containsEntry("due", 600L);

    assertThat(messages.calls.stream().filter(call -> call.startsWith("write")))
        .hasSize(600)
        .doesNotHaveDuplicates();
    assertThat(record.begun).hasSize(1);
    assertThat(record.ended).hasSize(1);
  }

  private AppointmentReminderWorkflow appointments() {
    return start(AppointmentReminderWorkflow.class, AppointmentReminderWorkflow.id());
  }

  private <W> W start(Class<W> workflow, String id) {
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            workflow,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(TaskQueues.PROCESSES)
                .build());
  }

  private static Counts counts(long due, long sent) {
    return new Counts(new TreeMap<>(Map.of("due", due, "sent", sent)));
  }

  /** Two pages of one appointment each, then two of one message each on every channel. */
  private static final class Messages implements ReminderSteps {

    final Queue<String> calls = new ConcurrentLinkedQueue<>();
    final Queue<String> failures = new ConcurrentLinkedQueue<>();
    final CountDownLatch away = new CountDownLatch(1);
    volatile @Nullable Channel hanging;
    volatile boolean hangs;
    volatile String poisoned = "";
    volatile int pagesDue = 2;
    volatile int pagesToSend = 2;

    @Override
    public PagePlan planDue(Reminder reminder, Instant nominal, @Nullable String after) {
      List<String> keys =
          pagesDue == 2
              ? List.of("b", "d")
              : IntStream.range(0, pagesDue).mapToObj("%05d"::formatted).toList();
      return plan(keys, after);
    }

    @Override
    public PageOutcome write(Reminder reminder, KeyRange due, Instant nominal) {
      take("write %s %s at %s".formatted(name(reminder), due.text(), nominal));
      return new PageOutcome(Counts.of("due", 1), null);
    }

    @Override
    public PagePlan planSending(Reminder reminder, Channel channel, @Nullable String after) {
      refuse("plan %s %s".formatted(name(reminder), channel.text()));
      return plan(
          IntStream.rangeClosed(1, pagesToSend).mapToObj(Integer::toString).toList(), after);
    }

    @Override
    public PageOutcome send(Reminder reminder, Channel channel, KeyRange page) {
      if (channel == hanging) {
        hangs = true;
        try {
          away.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      take("send %s %s %s".formatted(name(reminder), channel.text(), page.text()));
      return new PageOutcome(Counts.of("sent", 1), null);
    }

    private void take(String call) {
      refuse(call);
      calls.add(call);
    }

    private void refuse(String call) {
      if (call.equals(poisoned)) {
        failures.add(call);
        throw new IllegalStateException("poison");
      }
    }

    private static PagePlan plan(List<String> keys, @Nullable String after) {
      List<PageBoundary> next =
          keys.stream()
              .filter(key -> after == null || key.compareTo(after) > 0)
              .limit(PagePlan.MOST)
              .map(key -> new PageBoundary(key, 1))
              .toList();
      return new PagePlan(next, next.size() < PagePlan.MOST);
    }

    private static String name(Reminder reminder) {
      return switch (reminder) {
        case APPOINTMENT -> "appointment";
        case PAYMENT -> "payment";
      };
    }
  }
}
