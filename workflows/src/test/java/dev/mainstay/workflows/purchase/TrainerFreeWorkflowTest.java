package dev.mainstay.workflows.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.purchase.FakeSteps.Answer;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseWorkflow.Result;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A place falls free while purchases wait for a trainer. */
class TrainerFreeWorkflowTest {

  private static final String WAITING =
      PurchaseWorkflow.id("stripe", PurchaseTestEnvironment.PAYMENT);

  @AutoClose private final PurchaseTestEnvironment environment = new PurchaseTestEnvironment();
  private final FakeSteps steps = environment.steps;

  @Test
  void whoWaitsLooksAtOnce() {
    steps.answer("allocate", new Answer.Refuses(Reason.NO_TRAINER)).whoWaits(WAITING);
    PurchaseWorkflow purchase = environment.startAlone();
    environment.temporal.sleep(Duration.ofMinutes(1));

    assertThat(environment.tellTrainerFree().woken()).isEqualTo(1);

    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(environment.passed()).isLessThan(Duration.ofMinutes(10));
  }

  @Test
  void whoLooksInVainGoesOnWaiting() {
    steps.answer("allocate", 3, new Answer.Refuses(Reason.NO_TRAINER)).whoWaits(WAITING);
    PurchaseWorkflow purchase = environment.startAlone();
    environment.temporal.sleep(Duration.ofMinutes(1));

    environment.tellTrainerFree();
    environment.temporal.sleep(Duration.ofMinutes(1));
    assertThat(steps.asked("allocate")).isEqualTo(2);
    assertThat(purchase.waitingFor()).contains("a trainer");

    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(steps.asked("allocate")).isEqualTo(4);
    assertThat(environment.passed()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(40));
  }

  @Test
  void aRunThatIsGoneIsNoFailure() {
    steps.answer("allocate", new Answer.Refuses(Reason.NO_TRAINER));
    steps.whoWaits("purchase/stripe/pi_gone", WAITING);
    PurchaseWorkflow purchase = environment.startAlone();
    environment.temporal.sleep(Duration.ofMinutes(1));

    assertThat(environment.tellTrainerFree().woken()).isEqualTo(1);

    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
  }

  @Test
  void aStepThatGivesUpTellsNobodyAndTheyLookByThemselves() {
    steps
        .answer("allocate", new Answer.Refuses(Reason.NO_TRAINER))
        .answer("whoWaits", 5, new Answer.Fails("no such column"))
        .whoWaits(WAITING);
    PurchaseWorkflow purchase = environment.startAlone();

    assertThat(environment.tellTrainerFreeInTime().woken()).isZero();

    assertThat(steps.asked("whoWaits")).isEqualTo(5);
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
  }

  @Test
  void whoWaitsForAnOperatorIsLeftToTheOperator() {
    steps.answer("allocate", 97, new Answer.Refuses(Reason.NO_TRAINER)).whoWaits(WAITING);
    PurchaseWorkflow purchase = environment.startAlone();
    environment.temporal.sleep(Duration.ofHours(25));
    assertThat(steps.opened).extracting(AttentionItem::reason).containsExactly("no-trainer");

    environment.tellTrainerFree();
    environment.temporal.sleep(Duration.ofHours(1));

    assertThat(steps.asked("allocate")).isEqualTo(97);
    assertThat(steps.resolved).isEmpty();
    assertThat(purchase.waitingFor()).contains("an operator");
  }
}
