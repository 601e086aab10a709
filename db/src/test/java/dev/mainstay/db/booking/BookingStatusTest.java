package dev.mainstay.db.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.StatusCheck;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BookingStatusTest {

  @Test
  void mirrorsTheCheckConstraint() {
    assertThat(StatusCheck.of("booking"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(BookingStatus.values()).map(BookingStatus::text).toList());
  }

  @Test
  void nothingFollowsWhatIsOver() {
    assertThat(BookingStatus.values())
        .allSatisfy(status -> assertThat(status.followers()).doesNotContain(status));
    assertThat(BookingStatus.COMPLETED.followers()).isEmpty();
    assertThat(BookingStatus.CANCELLED.followers()).isEmpty();
  }
}
