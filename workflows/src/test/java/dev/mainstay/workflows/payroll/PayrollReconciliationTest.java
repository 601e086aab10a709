package dev.mainstay.workflows.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.sweep.FakeSweepSteps;
import dev.mainstay.workflows.sweep.Sweep;
import dev.mainstay.workflows.sweep.SweepSteps.GaveUp;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PayrollReconciliationTest {

  private final FakeSweepSteps record = new FakeSweepSteps();
  private final FakeReconciliation reconciliation = new FakeReconciliation();
  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();

  PayrollReconciliationTest() {
    var processes = temporal.newWorker(TaskQueues.PROCESSES);
    processes.registerWorkflowImplementationTypes(PayrollReconciliationImpl.class);
    processes.registerActivitiesImplementations(record);
    temporal.newWorker(TaskQueues.PAYMENTS).registerActivitiesImplementations(reconciliation);
    temporal.start();
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void hearsAllOfTheProvidersSideAndThenCompares() {
    assertThat(run().byName())
        .containsOnly(Map.entry("transfers", 2_500L), Map.entry("differences", 3L));

    assertThat(reconciliation.calls)
        .containsExactly("collect null", "collect tr_7", "compare 192 hours");
  }

  @Test
  void aProviderThatCannotBeAskedIsAnItemAndNothingIsCompared() {
    reconciliation.broken = true;

    run();

    assertThat(record.gaveUp).extracting(GaveUp::step).containsExactly("collect");
    assertThat(reconciliation.calls).doesNotContain("compare 192 hours");
  }

  private Counts run() {
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            PayrollReconciliation.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(Sweep.id(PayrollReconciliation.NAME))
                .setTaskQueue(TaskQueues.PROCESSES)
                .build())
        .run();
  }

  private static final class FakeReconciliation implements ReconciliationSteps {

    final Queue<String> calls = new ConcurrentLinkedQueue<>();
    volatile boolean broken;

    @Override
    public Collected collect(Window window, @Nullable String after) {
      calls.add("collect " + after);
      if (broken) {
        throw new IllegalStateException("no answer");
      }
      return after == null ? new Collected(2_000, "tr_7") : new Collected(500, null);
    }

    @Override
    public int compare(Window window) {
      calls.add(
          "compare %d hours".formatted(Duration.between(window.since(), window.until()).toHours()));
      return 3;
    }
  }
}
