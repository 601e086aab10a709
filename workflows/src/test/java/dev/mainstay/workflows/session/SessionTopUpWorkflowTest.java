package dev.mainstay.workflows.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.page.PagePlan.PageBoundary;
import dev.mainstay.workflows.page.PagesPosition;
import dev.mainstay.workflows.sweep.FakeSweepSteps;
import dev.mainstay.workflows.sweep.SweepPosition;
import dev.mainstay.workflows.sweep.SweepSteps.End;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTopUpWorkflowTest {

  private final FakeSweepSteps record = new FakeSweepSteps();
  private final Trainers trainers = new Trainers();
  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .registerSearchAttribute(
                  SearchAttributes.PROGRESS.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .build());

  SessionTopUpWorkflowTest() {
    var processes = temporal.newWorker(TaskQueues.PROCESSES);
    processes.registerWorkflowImplementationTypes(SessionTopUpWorkflowImpl.class);
    processes.registerActivitiesImplementations(record);
    temporal.newWorker(TaskQueues.BULK).registerActivitiesImplementations(trainers);
    temporal.start();
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void goesOverAllTrainersAtTheTimeThatTheScheduleMeant() {
    assertThat(run(null)).isEqualTo(Counts.of("sessions", 15));

    Instant nominal = record.begun.element().nominalAt();
    assertThat(trainers.toppedUp)
        .containsOnly(
            Map.entry(new KeyRange(null, "b"), nominal),
            Map.entry(new KeyRange("b", "d"), nominal),
            Map.entry(new KeyRange("d", "e"), nominal));
    assertThat(record.begun.element().sweep()).isEqualTo("session-top-up");
    assertThat(record.ended)
        .containsExactly(new End(record.run(0), Counts.of("sessions", 15), null));
  }

  @Test
  void aRunThatContinuesAnotherGoesOnWhereItStood() {
    Instant nominal = Instant.parse("2026-11-22T06:00:00Z");
    var stood = new PagesPosition("b", 500, Counts.of("sessions", 5), false);

    assertThat(run(new SweepPosition(record.run(7), nominal, stood)))
        .isEqualTo(Counts.of("sessions", 15));

    assertThat(trainers.toppedUp)
        .containsOnly(
            Map.entry(new KeyRange("b", "d"), nominal), Map.entry(new KeyRange("d", "e"), nominal));
    assertThat(record.begun).isEmpty();
    assertThat(record.ended)
        .containsExactly(new End(record.run(7), Counts.of("sessions", 15), null));
  }

  @Test
  void whatCannotBeToppedUpIsLeftToTheNextRun() {
    trainers.poisoned.add("d");

    assertThat(run(null)).isEqualTo(Counts.of("sessions", 10).plus(Counts.of("failedPages", 1)));

    assertThat(record.gaveUp).singleElement().extracting("step").isEqualTo("above b up to d");
  }

  @Test
  void withoutAPlanTheRunEnds() {
    trainers.unplanned = true;

    assertThat(run(null)).isEqualTo(Counts.NONE);

    assertThat(record.gaveUp).singleElement().extracting("step").isEqualTo("plan");
    assertThat(record.ended).containsExactly(new End(record.run(0), Counts.NONE, "no plan"));
  }

  private Counts run(@Nullable SweepPosition from) {
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            SessionTopUpWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(SessionTopUpWorkflow.id())
                .setTaskQueue(TaskQueues.PROCESSES)
                .build())
        .run(from);
  }

  /** Five trainers in three pages, each page short of five sessions. */
  private static final class Trainers implements SessionTopUpSteps {

    final Map<KeyRange, Instant> toppedUp = new ConcurrentHashMap<>();
    final Queue<String> poisoned = new ConcurrentLinkedQueue<>();
    volatile boolean unplanned;

    @Override
    public PagePlan plan(@Nullable String after) {
      if (unplanned) {
        throw new IllegalStateException("no plan");
      }
      List<PageBoundary> cuts =
          List.of(
              new PageBoundary("b", 500), new PageBoundary("d", 500), new PageBoundary("e", 120));
      return new PagePlan(
          cuts.stream().filter(cut -> after == null || cut.upTo().compareTo(after) > 0).toList(),
          true);
    }

    @Override
    public PageOutcome topUp(KeyRange range, Instant nominal) {
      if (poisoned.contains(range.upTo())) {
        throw new IllegalStateException("poison");
      }
      toppedUp.put(range, nominal);
      return new PageOutcome(Counts.of("sessions", 5), null);
    }
  }
}
