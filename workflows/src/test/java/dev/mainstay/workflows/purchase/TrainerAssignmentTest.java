package dev.mainstay.workflows.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.workflows.attention.AttentionSteps.SignalRecord;
import dev.mainstay.workflows.purchase.FakeSteps.Answer;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseWorkflow.Result;
import dev.mainstay.workflows.purchase.PurchaseWorkflow.TrainerAssignment;
import dev.mainstay.workflows.step.Failures;
import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An operator names the trainer of a purchase that runs alone. */
class TrainerAssignmentTest {

  private static final String VENDOR = new UUID(0, 7).toString();

  @AutoClose private final PurchaseTestEnvironment environment = new PurchaseTestEnvironment();
  private final FakeSteps steps = environment.steps;

  @Test
  void aTrainerIsAssignedWhileThePurchaseStillLooksForOne() {
    steps.answer("allocate", new Answer.Refuses(Reason.NO_TRAINER));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofMinutes(2));

    purchase.signalAssignTrainer(assignment(VENDOR));
    purchase.signalAssignTrainer(assignment(VENDOR));

    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(environment.passed()).isLessThan(Duration.ofMinutes(14));
    assertThat(steps.recorded.element().action()).isEqualTo(OperatorAction.ASSIGN_TRAINER);
    assertThat(steps.recorded.element().refusal()).isNull();
    assertThat(steps.opened).isEmpty();
    environment.record("purchase-1-trainer-assigned-by-signal");
  }

  @Test
  void aTrainerIsAssignedToAPurchaseThatWaitsForAnOperator() {
    steps.answer("allocate", 97, new Answer.Refuses(Reason.NO_TRAINER));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(25));
    assertThat(steps.opened.element().actions())
        .containsExactly(
            OperatorAction.RETRY, OperatorAction.ASSIGN_TRAINER, OperatorAction.CANCEL);

    purchase.assignTrainer(assignment(VENDOR));

    assertThat(steps.resolved)
        .containsExactly(
            environment.resolution(
                "allocate", OperatorAction.ASSIGN_TRAINER, assignment(VENDOR).note()));
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    environment.record("purchase-1-trainer-assigned-in-attention");
  }

  @Test
  void aTrainerWhoCannotTakeThePurchaseIsRefusedAndItGoesOnWaiting() {
    steps
        .answer("allocate", 2, new Answer.Refuses(Reason.NO_TRAINER))
        .answer("assignTrainer", 2, new Answer.Refuses(Reason.NO_CAPACITY));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofMinutes(2));

    assertRefused(
        () -> purchase.assignTrainer(assignment(VENDOR)),
        "as many students as the capacity allows");
    purchase.signalAssignTrainer(assignment(VENDOR));
    purchase.signalAssignTrainer(assignment("nobody"));

    pass(Duration.ofMinutes(2));
    assertThat(purchase.waitingFor()).contains("a trainer");
    assertThat(steps.recorded)
        .extracting(SignalRecord::refusal)
        .containsExactlyInAnyOrder(
            Reason.NO_CAPACITY.explanation(),
            "vendorId is no UUID",
            Reason.NO_CAPACITY.explanation());
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
  }

  @Test
  void anAssignmentThatFailsIsRefusedAfterItsAttempts() {
    steps
        .answer("allocate", 2, new Answer.Refuses(Reason.NO_TRAINER))
        .answer("assignTrainer", 5, new Answer.Fails("no such column"));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofMinutes(1));

    assertRefused(() -> purchase.assignTrainer(assignment(VENDOR)), "no such column");
    assertThat(steps.asked("assignTrainer")).isEqualTo(5);
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
  }

  private static TrainerAssignment assignment(String vendor) {
    return new TrainerAssignment(vendor, "ana", "she agreed");
  }

  /** Taken by the validator, but what was asked for cannot be. */
  private static void assertRefused(ThrowingCallable update, String message) {
    assertThatThrownBy(update)
        .isInstanceOf(WorkflowUpdateException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(Failures.REFUSED);
              assertThat(failure.getOriginalMessage()).contains(message);
            });
  }

  private void pass(Duration time) {
    environment.temporal.sleep(time);
  }
}
