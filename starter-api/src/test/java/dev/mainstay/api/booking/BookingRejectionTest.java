package dev.mainstay.api.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.problem.Rejection;
import dev.mainstay.db.testing.StoredTexts;
import dev.mainstay.db.testing.TestDatabase;
import org.junit.jupiter.api.Test;

class BookingRejectionTest {

  @Test
  void namesWhatTheStepsAnswer() {
    try (TestDatabase database = TestDatabase.create()) {
      assertThat(
              StoredTexts.answered(database, "pay_booking", "complete_booking", "cancel_booking")
                  .stream()
                  .map(text -> Rejection.of(BookingRejection.class, text)))
          .containsExactlyInAnyOrder(BookingRejection.values());
    }
  }
}
