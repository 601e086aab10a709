package dev.mainstay.activities.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.AttentionSteps.SignalRecord;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.step.OperatorAction;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttentionStepsTest {

  private static final UUID ITEM = new UUID(0, 1);

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database();
  private final UUID course = TestCourse.ofSessions(20).in(database);
  private final UUID waiting =
      TestRequest.of(TestStudent.living("UTC").in(database), course).in(database);

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @Test
  void opensAnItemOnceAndThePurchaseIsInAttention() {
    purchases.carry(List.of(waiting));
    purchases.attention.open(item(waiting, "allocate"), ITEM);
    Map<String, List<String>> after = database.contents();

    purchases.attention.open(item(waiting, "allocate"), ITEM);

    assertThat(purchases.status(waiting)).isEqualTo("attention");
    assertThat(database.contents()).isEqualTo(after);
    assertThat(
            database
                .dsl()
                .fetchSingle(
                    "select concat_ws(' ', process, business_key, step, reason, actions, amount_minor, currency, status) from attention")
                .into(String.class))
        .isEqualTo(
            "purchase purchase/stripe/pi_1 allocate no-trainer {retry,cancel} 10000 USD open");
  }

  @Test
  void resolvesAnItemOnceAndThePurchaseGoesOn() {
    purchases.carry(List.of(waiting));
    purchases.attention.open(item(waiting, "allocate"), ITEM);
    purchases.attention.resolve(retried("allocate"));
    Map<String, List<String>> after = database.contents();

    purchases.attention.resolve(retried("allocate"));

    assertThat(purchases.status(waiting)).isEqualTo("pending");
    assertThat(database.contents()).isEqualTo(after);
    assertThat(
            database
                .dsl()
                .fetchSingle(
                    "select concat_ws(' ', status, resolution, resolved_by, resolution_reason) from attention")
                .into(String.class))
        .isEqualTo("resolved retry ann a trainer was hired");
    TestTrainer.teaching(course).in(database);
    assertThat(purchases.carry(List.of(waiting))).isEmpty();
  }

  @Test
  void theSameStepMayNeedAttentionAgain() {
    purchases.carry(List.of(waiting));
    purchases.attention.open(item(waiting, "allocate"), ITEM);
    purchases.attention.resolve(retried("allocate"));

    purchases.attention.open(item(waiting, "allocate"), new UUID(0, 2));

    assertThat(purchases.status(waiting)).isEqualTo("attention");
    assertThat(database.dsl().fetch("select from attention")).hasSize(2);
  }

  @Test
  void resolvingAnotherStepChangesNothing() {
    purchases.carry(List.of(waiting));
    purchases.attention.open(item(waiting, "allocate"), ITEM);

    purchases.attention.resolve(retried("schedule", null));
    purchases.attention.resolve(retried("schedule", new UUID(0, 9)));

    assertThat(purchases.status(waiting)).isEqualTo("attention");
    assertThat(audit()).isEmpty();
  }

  @Test
  void anAttemptToOpenThatComesAfterItsItemWasResolvedOpensNothing() {
    purchases.carry(List.of(waiting));
    purchases.attention.open(item(waiting, "allocate"), ITEM);
    purchases.attention.resolve(retried("allocate"));

    purchases.attention.open(item(waiting, "allocate"), ITEM);

    assertThat(purchases.status(waiting)).isEqualTo("pending");
    assertThat(database.dsl().fetch("select from attention where status = 'open'")).isEmpty();
  }

  @Test
  void anAttemptToResolveThatComesLateLeavesTheNextItemOpen() {
    purchases.carry(List.of(waiting));
    purchases.attention.open(item(waiting, "allocate"), ITEM);
    purchases.attention.resolve(retried("allocate"));
    purchases.attention.open(item(waiting, "allocate"), new UUID(0, 2));

    purchases.attention.resolve(retried("allocate"));

    assertThat(purchases.status(waiting)).isEqualTo("attention");
    assertThat(audit()).hasSize(1);
  }

  @Test
  void whatAWorkerOpenedThatKnewNoIdsIsResolvedByItsStep() {
    purchases.carry(List.of(waiting));
    purchases.attention.open(item(waiting, "allocate"), null);

    purchases.attention.resolve(retried("allocate", ITEM));

    assertThat(purchases.status(waiting)).isEqualTo("pending");
  }

  @Test
  void whatAnOperatorDidStandsInTheAuditLogOnce() {
    purchases.carry(List.of(waiting));
    purchases.attention.open(item(waiting, "allocate"), ITEM);

    purchases.attention.resolve(retried("allocate"));
    purchases.attention.resolve(retried("allocate"));

    assertThat(audit())
        .containsExactly(
            "ann retry purchase/stripe/pi_1 "
                + waiting
                + " a trainer was hired done step allocate correlation");
  }

  @Test
  void aSignalThatDidNotApplyStandsInTheAuditLogOnce() {
    SignalRecord refused =
        new SignalRecord(
            new UUID(0, 5),
            "purchase/stripe/pi_1",
            waiting,
            OperatorAction.SKIP,
            new OperatorNote(null, "hurry"),
            "step allocate does not allow skip",
            "correlation");

    purchases.attention.record(refused);
    purchases.attention.record(refused);

    assertThat(audit())
        .containsExactly(
            "unknown skip purchase/stripe/pi_1 "
                + waiting
                + " hurry refused step allocate does not allow skip correlation");
  }

  @Test
  void leavesAPurchaseAloneThatIsActive() {
    TestTrainer.teaching(course).in(database);
    UUID active = purchases.active(course);

    purchases.attention.open(item(active, "schedule"), ITEM);
    assertThat(purchases.status(active)).isEqualTo("active");

    purchases.attention.resolve(retried("schedule"));
    assertThat(purchases.status(active)).isEqualTo("active");
  }

  @Test
  void aPurchaseInAttentionCanBeCarriedOn() {
    purchases.carry(List.of(waiting));
    purchases.attention.open(item(waiting, "allocate"), ITEM);
    TestTrainer.teaching(course).in(database);

    assertThat(purchases.carry(List.of(waiting))).isEmpty();

    assertThat(purchases.status(waiting)).isEqualTo("active");
  }

  @Test
  void keepsAnItemForWhatNeverBecameAPurchase() {
    UUID unknown = TestRequest.of(database.newId(), course).in(database);
    purchases.carry(List.of(unknown));

    purchases.attention.open(item(unknown, "create"), ITEM);
    database.admin().execute("update payment set recorded_at = recorded_at - interval '1 hour'");

    assertThat(database.violations()).isEmpty();
    assertThat(database.dsl().fetch("select from purchase")).isEmpty();
  }

  private static AttentionItem item(UUID purchase, String step) {
    return new AttentionItem(
        "purchase",
        "purchase/stripe/pi_1",
        purchase,
        step,
        "no-trainer",
        "no trainer is free",
        step + "/no-trainer",
        "looks for a trainer who is free",
        List.of(OperatorAction.RETRY, OperatorAction.CANCEL),
        TestCourse.PRICE_MINOR,
        "USD",
        "correlation");
  }

  private Resolution retried(String step) {
    return retried(step, ITEM);
  }

  private Resolution retried(String step, @Nullable UUID item) {
    return new Resolution(
        "purchase/stripe/pi_1",
        step,
        OperatorAction.RETRY,
        new OperatorNote("ann", "a trainer was hired"),
        item,
        waiting,
        "correlation");
  }

  private List<String> audit() {
    return database
        .dsl()
        .fetch(
            "select concat_ws(' ', by, action, subject, subject_id, reason, outcome, detail, correlation_id) as row from audit_event")
        .getValues("row", String.class);
  }
}
