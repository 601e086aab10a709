package dev.mainstay.workflows.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.page.PagePlan.PageBoundary;
import dev.mainstay.workflows.sweep.FakeSweepSteps;
import dev.mainstay.workflows.sweep.Sweep;
import dev.mainstay.workflows.sweep.SweepSteps.End;
import dev.mainstay.workflows.sweep.SweepSteps.GaveUp;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.Collections;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesTest {

  private static final String ID = Sweep.id("counting");

  private final FakeSweepSteps record = new FakeSweepSteps();
  private @Nullable TestWorkflowEnvironment open;

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
  }

  @Test
  void goesOverEveryItemOnceFourPagesAtATime() {
    FakeNumbers numbers = new FakeNumbers(12).waitingFor(Pages.WINDOW);
    TestWorkflowEnvironment temporal = temporal(numbers, 600);

    assertThat(run(temporal)).isEqualTo(Counts.of("counted", 120));

    assertThat(numbers.counted).hasSize(120);
    assertThat(numbers.asked).hasSize(12).doesNotHaveDuplicates();
    assertThat(numbers.mostAtOnce).hasValue(Pages.WINDOW);
    assertThat(record.ended)
        .containsExactly(new End(record.run(0), Counts.of("counted", 120), null));
  }

  @Test
  void nothingIsNoPage() {
    FakeNumbers numbers = new FakeNumbers(0);

    assertThat(run(temporal(numbers, 600))).isEqualTo(Counts.NONE);

    assertThat(numbers.asked).isEmpty();
    assertThat(progress()).isEqualTo("0/0");
  }

  @Test
  void aWorkerThatForgetsEverythingBetweenTasksGoesOnWhereItWas() {
    FakeNumbers numbers = new FakeNumbers(12);

    assertThat(run(temporal(numbers, 0))).isEqualTo(Counts.of("counted", 120));

    assertThat(numbers.asked).hasSize(12).doesNotHaveDuplicates();
    assertThat(record.begun).hasSize(1);
  }

  @Test
  void aPageWhoseAnswerWasLostIsRunAgainAndFindsItsItemsDone() {
    FakeNumbers numbers =
        new FakeNumbers(3)
            .ending(
                20,
                _ -> {
                  throw new IllegalStateException("the connection was lost");
                });

    // its counts went with its answer
    assertThat(run(temporal(numbers, 600))).isEqualTo(Counts.of("counted", 20));

    assertThat(numbers.asked).hasSize(4);
    assertThat(numbers.counted).hasSize(30);
    assertThat(record.gaveUp).isEmpty();
  }

  @Test
  void aPageThatGivesUpHoldsUpNoOther() {
    FakeNumbers numbers = new FakeNumbers(12);
    for (int attempt = 0; attempt < 3; attempt++) {
      numbers.ending(
          50,
          _ -> {
            throw new IllegalStateException("poison");
          });
    }

    assertThat(run(temporal(numbers, 600)))
        .isEqualTo(Counts.of("counted", 110).plus(Counts.of("failedPages", 1)));

    assertThat(record.gaveUp)
        .containsExactly(
            new GaveUp(
                record.run(0),
                "above 000040 up to 000050",
                "poison",
                "count/java.lang.IllegalStateException"));
    assertThat(progress()).isEqualTo("120/120");
  }

  @Test
  void anItemThatFailsIsToldAndTheRestOfItsPageCounts() {
    FakeNumbers numbers =
        new FakeNumbers(2)
            .ending(10, _ -> new PageOutcome(Counts.of("counted", 9), "the number 4 is bad"));

    assertThat(run(temporal(numbers, 600))).isEqualTo(Counts.of("counted", 19));

    assertThat(numbers.asked).hasSize(2);
    assertThat(record.gaveUp)
        .singleElement()
        .satisfies(item -> {
          assertThat(item.step()).isEqualTo("up to 000010");
          assertThat(item.error()).isEqualTo("the number 4 is bad");
        });
  }

  @Test
  void manyPagesArePlannedInPartsAndLeaveABoundedHistory() {
    int pages = Pages.MOST_PER_RUN + 120;
    FakeNumbers numbers = new FakeNumbers(pages);
    TestWorkflowEnvironment temporal = temporal(numbers, 600);

    assertThat(run(temporal)).isEqualTo(Counts.of("counted", pages * 10L));

    assertThat(numbers.asked).hasSize(pages).doesNotHaveDuplicates();
    assertThat(numbers.planned)
        .containsExactly("null", "001000", "002000", "003000", "004000", "005000", "006000");
    assertThat(record.begun).hasSize(1);
    assertThat(record.ended).hasSize(1);
    assertThat(progress()).isEqualTo("6200/6200");
    assertThat(
            temporal
                .getWorkflowClient()
                .fetchHistory(ID, record.begun.element().runId())
                .getEvents())
        .hasSizeLessThan(5_000)
        .last()
        .extracting(event -> event.getEventType().name())
        .isEqualTo("EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW");
  }

  @Test
  void aPlanFitsIntoAPayload() {
    PageBoundary cut = new PageBoundary("x".repeat(36), PagePlan.MOST);
    assertThat(new PagePlan(Collections.nCopies(PagePlan.MOST, cut), false).cuts()).hasSize(100);

    assertThatThrownBy(() -> new PagePlan(Collections.nCopies(PagePlan.MOST + 1, cut), false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsAddUpByName() {
    Counts sum =
        IntStream.range(0, 3)
            .mapToObj(i -> Counts.of(i == 0 ? "deleted" : "archived", 10))
            .reduce(Counts.NONE, Counts::plus);

    assertThat(sum.byName())
        .containsEntry("archived", 20L)
        .containsEntry("deleted", 10L)
        .hasSize(2);
  }

  private Counts run(TestWorkflowEnvironment temporal) {
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            Counting.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(ID)
                .setTaskQueue(TaskQueues.PROCESSES)
                .build())
        .run(null);
  }

  private String progress() {
    TestWorkflowEnvironment temporal = Objects.requireNonNull(open);
    WorkflowStub run = temporal.getWorkflowClient().newUntypedWorkflowStub(ID);
    return run.query("progress", String.class);
  }

  private TestWorkflowEnvironment temporal(FakeNumbers numbers, int cachedRuns) {
    TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .registerSearchAttribute(
                    SearchAttributes.PROGRESS.getName(),
                    IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(cachedRuns).build())
                .build());
    var worker = temporal.newWorker(TaskQueues.PROCESSES);
    worker.registerWorkflowImplementationTypes(Counting.Impl.class);
    worker.registerActivitiesImplementations(record);
    temporal.newWorker("numbers").registerActivitiesImplementations(numbers);
    temporal.start();
    open = temporal;
    return temporal;
  }
}
