package dev.mainstay.activities.refund;

import static dev.mainstay.activities.refund.TestRefunds.PAID;
import static dev.mainstay.activities.refund.TestRefunds.refund;
import static dev.mainstay.activities.refund.TestRefunds.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestTrainer;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each rule about refunds finds its breach, made behind the application's back. */
class RefundInvariantsTest {

  private final TestRefunds refunds = new TestRefunds();
  private final TestDatabase database = refunds.database;
  private UUID purchase = new UUID(0, 0);

  @BeforeEach
  void aPurchase() {
    UUID course = refunds.purchases.course();
    TestTrainer.teaching(course).in(database);
    purchase = refunds.purchases.active(course);
  }

  @AfterEach
  void close() {
    refunds.close();
  }

  @Test
  void aFactThatWasNeverBooked() {
    refunds.tell(purchase, refund("re_1", 4_000));
    broken("update payment set recorded_at = now() - interval '6 minutes'");
    assertThat(database.violations()).as("it is under way").isEmpty();

    broken("update refund_fact set recorded_at = now() - interval '6 minutes'");
    assertThat(database.violations()).containsExactly("refund-not-booked");

    refunds.bookWhatWaits(purchase);
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void aFullyRefundedPurchaseThatLives() {
    broken("update payment set refunded_minor = amount_minor");
    assertThat(database.violations())
        .containsExactly(
            "purchase-refunded-but-open",
            "refund-without-credit-note",
            "refund-without-transactions");
  }

  @Test
  void aPurchaseThatWasRefundedWithoutARefund() {
    refunds.tell(purchase, total(PAID));
    refunds.bookWhatWaits(purchase);
    assertThat(database.violations()).isEmpty();

    broken("delete from credit_note");
    assertThat(database.violations()).containsExactly("refund-without-credit-note");
    broken("delete from transaction where kind = 'refund'");
    broken("update payment set refunded_minor = 0");
    broken("delete from refund_fact");
    assertThat(database.violations()).containsExactly("purchase-refunded-without-refund");
  }

  @Test
  void aRefundedPurchaseThatHoldsATrainerOrSessions() {
    refunds.tell(purchase, total(PAID));
    refunds.bookWhatWaits(purchase);

    broken("update course_session set status = 'scheduled' where ordinal = 1");
    assertThat(database.violations())
        .containsExactly("session-of-ended-allocation", "session-of-refunded-purchase");
    broken("update course_session set status = 'cancelled'");
    broken("update allocation set status = 'active', ended_at = null");
    broken("update trainer set load = 1");
    assertThat(database.violations()).containsExactly("allocation-of-ended-purchase");
  }

  /** Past the triggers, which would refuse it. */
  private void broken(String statement) {
    database.admin().execute("set session_replication_role = replica; " + statement);
  }
}
