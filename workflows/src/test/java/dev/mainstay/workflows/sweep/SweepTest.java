package dev.mainstay.workflows.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.SweepSteps.End;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTest {

  private static final SearchAttributeKey<OffsetDateTime> SCHEDULED_START =
      SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

  private final FakeSweepSteps record = new FakeSweepSteps();
  private final Sweeping sweeping = new Sweeping();
  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .registerSearchAttribute(
                  SCHEDULED_START.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DATETIME)
              .build());

  SweepTest() {
    var worker = temporal.newWorker(TaskQueues.PROCESSES);
    worker.registerWorkflowImplementationTypes(DustingImpl.class);
    worker.registerActivitiesImplementations(record, sweeping);
    temporal.start();
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void isRecordedFromBeginToEnd() {
    assertThat(dusting(options()).run()).isEqualTo(Counts.of("dusted", 3));

    assertThat(record.begun)
        .singleElement()
        .satisfies(begin -> {
          assertThat(begin.sweep()).isEqualTo("dusting");
          assertThat(begin.workflowId()).isEqualTo("sweep/dusting");
        });
    assertThat(record.ended).containsExactly(new End(record.run(0), Counts.of("dusted", 3), null));
    assertThat(record.gaveUp).isEmpty();
  }

  @Test
  void takesTheTimeThatTheScheduleMeant() {
    OffsetDateTime nominal = OffsetDateTime.parse("2026-11-22T06:00:00Z");
    dusting(
            options().toBuilder()
                .setTypedSearchAttributes(
                    SearchAttributes.newBuilder().set(SCHEDULED_START, nominal).build())
                .build())
        .run();

    assertThat(record.begun.element().nominalAt()).isEqualTo(nominal.toInstant());
    assertThat(sweeping.asked).containsExactly(nominal.toInstant());
  }

  @Test
  void takesTheTimeOfItsStartWhereNoScheduleStartedIt() {
    Instant before = Instant.ofEpochMilli(temporal.currentTimeMillis());
    dusting(options()).run();

    assertThat(record.begun.element().nominalAt())
        .isBetween(before, before.plus(Duration.ofMinutes(1)));
  }

  @Test
  void endsWhereAStepGivesUpAndWaitsForNobody() {
    sweeping.failures = 3;

    assertThat(dusting(options()).run()).isEqualTo(Counts.NONE);

    assertThat(record.gaveUp)
        .singleElement()
        .satisfies(item -> {
          assertThat(item.run()).isEqualTo(record.run(0));
          assertThat(item.step()).isEqualTo("dust");
          assertThat(item.error()).isEqualTo("no cloth");
        });
    assertThat(record.ended).containsExactly(new End(record.run(0), Counts.NONE, "no cloth"));
  }

  @Test
  void aCancelledRunIsRecordedAsCutShort() {
    sweeping.failures = 1;
    sweeping.meanwhile =
        () -> temporal.getWorkflowClient().newUntypedWorkflowStub(Sweep.id("dusting")).cancel();
    Dusting dusting = dusting(options());
    var _ = WorkflowClient.start(dusting::run);
    WorkflowStub run = WorkflowStub.fromTyped(dusting);

    assertThatThrownBy(() -> run.getResult(Counts.class))
        .isInstanceOf(WorkflowFailedException.class)
        .hasCauseInstanceOf(CanceledFailure.class);

    assertThat(record.ended)
        .containsExactly(new End(record.run(0), Counts.NONE, "cancelled in Temporal"));
  }

  private Dusting dusting(WorkflowOptions options) {
    return temporal.getWorkflowClient().newWorkflowStub(Dusting.class, options);
  }

  private static WorkflowOptions options() {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(Sweep.id("dusting"))
        .setTaskQueue(TaskQueues.PROCESSES)
        .build();
  }

  /** A sweep, as a capability writes one. */
  @WorkflowInterface
  public interface Dusting {
    @WorkflowMethod
    Counts run();
  }

  /** Its one step. */
  @ActivityInterface
  public interface DustingSteps {
    @ActivityMethod
    Counts dust(Instant at);
  }

  private static final class Sweeping implements DustingSteps {

    final Queue<Instant> asked = new ConcurrentLinkedQueue<>();
    volatile int failures;
    volatile Runnable meanwhile = () -> {};

    @Override
    public Counts dust(Instant at) {
      asked.add(at);
      meanwhile.run();
      if (asked.size() <= failures) {
        throw new IllegalStateException("no cloth");
      }
      return Counts.of("dusted", 3);
    }
  }

  /** The sweep. */
  public static final class DustingImpl implements Dusting {

    private static final Step DUST =
        new Step("dust", 3, Duration.ofSeconds(5), "dusts again", List.of());

    @Override
    public Counts run() {
      return Sweep.run(
          "dusting", nominal -> StepRunner.run(DUST, DustingSteps.class, s -> s.dust(nominal)));
    }
  }
}
