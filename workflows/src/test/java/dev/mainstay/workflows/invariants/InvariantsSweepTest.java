package dev.mainstay.workflows.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.HistoryRecorder;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.sweep.FakeSweepSteps;
import dev.mainstay.workflows.sweep.Sweep;
import dev.mainstay.workflows.sweep.SweepSteps.GaveUp;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvariantsSweepTest {

  private final FakeSweepSteps record = new FakeSweepSteps();
  private final FakeInvariants invariants = new FakeInvariants();
  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();

  InvariantsSweepTest() {
    var worker = temporal.newWorker(TaskQueues.PROCESSES);
    worker.registerWorkflowImplementationTypes(InvariantsSweepImpl.class);
    worker.registerActivitiesImplementations(record, invariants);
    temporal.start();
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void reportsAndClosesPageByPageThenSealsThenAsks() {
    Counts counts = run();

    assertThat(invariants.calls)
        .containsExactly(
            "report 0", "report 1", "close reports", "close 0", "close 7", "seal", "check");
    assertThat(counts.byName())
        .containsOnly(
            Map.entry("reported", 3L),
            Map.entry("closed", 9L),
            Map.entry("sealed", 12L),
            Map.entry("violations", 1L),
            Map.entry("trainer-load", 1L));
    assertThat(record.ended).extracting(end -> end.cutShort()).containsExactly((String) null);
    HistoryRecorder.record(temporal, "invariants-1-happy", Sweep.id(InvariantsSweep.NAME));
  }

  @Test
  void whatGivesUpIsAnItemAndTheRunEnds() {
    invariants.broken = true;

    run();

    assertThat(record.gaveUp).extracting(GaveUp::step).containsExactly("check");
    assertThat(record.ended).extracting(end -> end.cutShort()).containsExactly("no answer");
  }

  @Test
  void ofAllThatWasLostAtOnceItReportsAThousand() {
    invariants.lostPages = 20;

    assertThat(run().byName()).containsEntry("reported", 1_000L);
  }

  private Counts run() {
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            InvariantsSweep.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(Sweep.id(InvariantsSweep.NAME))
                .setTaskQueue(TaskQueues.PROCESSES)
                .build())
        .run();
  }

  private static final class FakeInvariants implements InvariantsSteps {

    final Queue<String> calls = new ConcurrentLinkedQueue<>();
    volatile boolean broken;
    volatile int lostPages;

    @Override
    public Items reportLostRuns(@Nullable UUID after) {
      long page = after == null ? 0 : after.getLeastSignificantBits();
      calls.add("report " + page);
      UUID next = new UUID(0, page + 1);
      return lostPages > 0
          ? new Items(100, page + 1 < lostPages ? next : null)
          : after == null ? new Items(3, next) : new Items(0, null);
    }

    @Override
    public long closeReports() {
      calls.add("close reports");
      return 5;
    }

    @Override
    public Items closeItemsOfTerminatedRuns(@Nullable UUID after) {
      calls.add("close " + (after == null ? 0 : after.getLeastSignificantBits()));
      return after == null ? new Items(3, new UUID(0, 7)) : new Items(1, null);
    }

    @Override
    public long sealAudit() {
      calls.add("seal");
      return 12;
    }

    @Override
    public Counts check() {
      calls.add("check");
      if (broken) {
        throw new IllegalStateException("no answer");
      }
      return Counts.of("violations", 1).plus(Counts.of("trainer-load", 1));
    }
  }
}
