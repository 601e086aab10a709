package dev.mainstay.activities.purchase;

import static dev.mainstay.activities.purchase.TestPurchases.batch;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SplitOffTest {

  private final TestPurchases purchases = new TestPurchases();
  private final UUID course = purchases.course();

  @AfterEach
  void close() {
    purchases.close();
  }

  @Test
  void whoseStepGaveUpWaitsForNothingThatCameLater() {
    List<UUID> gaveUp = purchases.requests(3, course);
    UUID later = purchases.request(course, "10:00");

    purchases.steps.splitOff(batch(gaveUp));
    purchases.steps.splitOff(batch(gaveUp));

    assertThat(waitingInOrder()).hasSize(4).startsWith(gaveUp.getFirst()).endsWith(later);
  }

  @Test
  void whoIsRefusedWaitsBehindAFlood() {
    UUID unknown = UUID.randomUUID();
    UUID refused = TestRequest.of(unknown, course).in(purchases.database());
    UUID later = purchases.request(course, "10:00");

    assertThat(purchases.create(List.of(refused)))
        .containsExactly(entry(refused, Reason.UNKNOWN_STUDENT));

    assertThat(waitingInOrder()).containsExactly(later, refused);
  }

  private List<UUID> waitingInOrder() {
    return purchases
        .database()
        .dsl()
        .select(INTAKE.BUSINESS_ID)
        .from(INTAKE)
        .where(INTAKE.DONE_AT.isNull())
        .orderBy(INTAKE.ID)
        .fetch(INTAKE.BUSINESS_ID);
  }
}
