package dev.mainstay.workflows.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.purchase.FakeSteps.Answer;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseWorkflow.Cancellation;
import dev.mainstay.workflows.purchase.PurchaseWorkflow.Result;
import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PurchaseWorkflowTest {

  private static final OperatorNote NOTE = new OperatorNote("ana", "looked into it");
  private static final String ID = PurchaseWorkflow.id("stripe", PurchaseTestEnvironment.PAYMENT);

  private final PurchaseTestEnvironment environment = new PurchaseTestEnvironment();
  private final FakeSteps steps = environment.steps;

  @AfterEach
  void close() {
    environment.close();
  }

  @Test
  void aDuplicatePaymentWaitsForAnOperatorAndSaysWhy() {
    steps.answer("create", new Answer.Refuses(Reason.DUPLICATE_PAYMENT));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    AttentionItem item = steps.opened.element();
    assertThat(item.reason()).isEqualTo("duplicate-payment");
    assertThat(item.businessKey()).isEqualTo(ID);
    assertThat(item.subjectId()).isEqualTo(PurchaseTestEnvironment.INPUT.purchaseId());
    assertThat(item.amountMinor()).isEqualTo(12_000);
    assertThat(item.actions()).containsExactly(OperatorAction.RETRY, OperatorAction.CANCEL);
    assertThat(purchase.waitingFor()).contains("an operator", "create", "duplicate-payment");
    assertThat(steps.asked("create")).isEqualTo(1);
  }

  @Test
  void anOperatorsRetryGoesOnWhereItStopped() {
    steps.answer("create", new Answer.Refuses(Reason.UNKNOWN_COURSE));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    purchase.retry(NOTE);
    purchase.retry(NOTE);

    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(steps.resolved)
        .containsExactly(new Resolution(ID, "create", OperatorAction.RETRY, NOTE));
    assertThat(steps.asked)
        .containsExactly("create local", "create ordinary", "allocate local", "schedule local");
  }

  @Test
  void aStepThatFailsHasAllItsAttemptsAndThenWaits() {
    steps.answer("allocate", 10, new Answer.Fails("no such column"));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    assertThat(steps.asked("allocate")).isEqualTo(5);
    assertThat(steps.opened.element().reason()).isEqualTo("step-failed");
    assertThat(steps.opened.element().error()).contains("no such column");

    purchase.retry(NOTE);
    pass(Duration.ofHours(1));
    assertThat(steps.asked("allocate")).isEqualTo(10);
    assertThat(steps.opened).hasSize(2);

    purchase.retry(NOTE);
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
  }

  @Test
  void aRetryThatDoesNotApplyChangesNothing() {
    steps.answer("allocate", new Answer.Refuses(Reason.NO_TRAINER));
    PurchaseWorkflow purchase = environment.startAlone();
    purchase.retry(NOTE);
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(steps.asked("allocate")).isEqualTo(2);
    assertThat(steps.opened).isEmpty();
  }

  @Test
  void noTrainerIsTriedEveryQuarterOfAnHourForADay() {
    steps.answer("allocate", 1_000, new Answer.Refuses(Reason.NO_TRAINER));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(23));
    assertThat(purchase.waitingFor()).contains("a trainer");
    assertThat(steps.opened).isEmpty();
    assertThat(steps.asked("allocate")).isBetween(92L, 93L);

    pass(Duration.ofHours(2));
    assertThat(steps.opened.element().reason()).isEqualTo("no-trainer");
    assertThat(steps.asked("allocate")).isEqualTo(97);
  }

  @Test
  void cancelEndsThePurchaseAndClosesItsItem() {
    steps.answer("create", new Answer.Refuses(Reason.DUPLICATE_PAYMENT));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    purchase.cancel(new Cancellation("ana", "student asked", false));

    assertThat(environment.result(purchase)).isEqualTo(Result.CANCELLED);
    assertThat(steps.asked("cancel")).isEqualTo(1);
    assertThat(steps.resolved)
        .containsExactly(
            new Resolution(
                ID, "create", OperatorAction.CANCEL, new OperatorNote("ana", "student asked")));
  }

  @Test
  void cancelAppliesWhileItWaitsForATrainer() {
    steps.answer("allocate", 1_000, new Answer.Refuses(Reason.NO_TRAINER));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));
    purchase.cancel(new Cancellation("ana", "student asked", false));
    assertThat(environment.result(purchase)).isEqualTo(Result.CANCELLED);
    assertThat(steps.asked("cancel")).isEqualTo(1);
    assertThat(steps.resolved).isEmpty();
  }

  @Test
  void temporalsCancelIsACancelByTemporal() {
    steps.answer("create", new Answer.Refuses(Reason.UNKNOWN_STUDENT));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    WorkflowStub.fromTyped(purchase).cancel();

    assertThatThrownBy(() -> environment.result(purchase)).hasMessageContaining("was cancelled");
    assertThat(steps.asked("cancel")).isEqualTo(1);
    assertThat(steps.resolved.element().note().by()).isEqualTo("temporal");
    assertThat(steps.opened).hasSize(1);
  }

  @Test
  void aPurchaseThatEndedMeanwhileIsLeftAlone() {
    steps.answer("allocate", new Answer.Refuses(Reason.ENDED));
    assertThat(environment.result(environment.startAlone())).isEqualTo(Result.ENDED);
    assertThat(steps.asked("schedule")).isZero();
  }

  private void pass(Duration time) {
    environment.temporal.sleep(time);
  }
}
