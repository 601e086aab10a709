package dev.mainstay.workflows.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.sweep.FakeSweepSteps;
import dev.mainstay.workflows.sweep.SweepSteps.End;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Instant;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A payroll's sweep asks for a run and ends. */
class PayrollLaunchTest {

  private final FakeSweepSteps record = new FakeSweepSteps();
  private final Runs runs = new Runs();
  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();

  PayrollLaunchTest() {
    var processes = temporal.newWorker(TaskQueues.PROCESSES);
    processes.registerWorkflowImplementationTypes(
        WeeklyPayrollWorkflowImpl.class, MonthlyPayrollWorkflowImpl.class);
    processes.registerActivitiesImplementations(record, runs);
    temporal.start();
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void eachCadenceAsksForItsRunAtTheTimeThatItsScheduleMeant() {
    assertThat(stub(WeeklyPayrollWorkflow.class).run()).isEqualTo(Counts.of("runs", 1));
    assertThat(stub(MonthlyPayrollWorkflow.class).run()).isEqualTo(Counts.of("runs", 1));

    assertThat(record.begun)
        .extracting("sweep")
        .containsExactly("payroll-weekly", "payroll-monthly");
    assertThat(runs.asked)
        .containsExactlyElementsOf(
            record.begun.stream()
                .map(begun ->
                    new Asked(
                        begun.sweep().equals("payroll-weekly") ? Cadence.WEEKLY : Cadence.MONTHLY,
                        begun.nominalAt()))
                .toList());
  }

  @Test
  void aRunThatCannotBeAskedForIsLeftForAnOperatorToSee() {
    runs.failures.set(5);

    assertThat(stub(WeeklyPayrollWorkflow.class).run()).isEqualTo(Counts.NONE);

    assertThat(record.gaveUp).singleElement().extracting("step").isEqualTo("launch");
    assertThat(record.ended)
        .containsExactly(new End(record.run(0), Counts.NONE, "no run can be made"));
  }

  private <W> W stub(Class<W> workflow) {
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            workflow, WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.PROCESSES).build());
  }

  private record Asked(Cadence cadence, Instant nominal) {}

  private static final class Runs implements PayrollLaunchSteps {

    final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    final AtomicInteger failures = new AtomicInteger();

    @Override
    public UUID launch(Cadence cadence, Instant nominal) {
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("no run can be made");
      }
      asked.add(new Asked(cadence, nominal));
      return new UUID(0, asked.size());
    }
  }
}
