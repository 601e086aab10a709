package dev.mainstay.db.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.StatusCheck;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PurchaseStatusTest {

  @Test
  void mirrorsTheCheckConstraint() {
    assertThat(StatusCheck.of("purchase"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(PurchaseStatus.values()).map(PurchaseStatus::text).toList());
  }

  @Test
  void nothingFollowsWhatIsOver() {
    assertThat(PurchaseStatus.values())
        .allSatisfy(status -> assertThat(status.followers()).doesNotContain(status));
    assertThat(PurchaseStatus.CANCELLED.followers()).isEmpty();
    assertThat(PurchaseStatus.REFUNDED.followers()).isEmpty();
  }
}
