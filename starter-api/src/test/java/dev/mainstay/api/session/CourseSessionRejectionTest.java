package dev.mainstay.api.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.problem.Rejection;
import dev.mainstay.db.testing.StoredTexts;
import dev.mainstay.db.testing.TestDatabase;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CourseSessionRejectionTest {

  @Test
  void namesWhatTheStepsAnswer() {
    try (TestDatabase database = TestDatabase.create()) {
      Set<String> answers =
          new HashSet<>(
              StoredTexts.answered(
                  database,
                  "complete_session",
                  "cancel_session",
                  "reschedule_session",
                  "unavailability_reason"));
      // One that is not scheduled any more is refused by its status.
      answers.addAll(StoredTexts.checked(database, "course_session", "status"));
      answers.remove("scheduled");

      assertThat(answers.stream().map(text -> Rejection.of(CourseSessionRejection.class, text)))
          .containsExactlyInAnyOrder(CourseSessionRejection.values());
    }
  }
}
