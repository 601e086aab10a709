package dev.mainstay.db.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TaskStatusTest {

  @Test
  void mirrorsTheCheckConstraint() {
    try (TestDatabase database = TestDatabase.create()) {
      String check =
          database
              .dsl()
              .fetchSingle(
                  """
                  select pg_get_constraintdef(c.oid)
                  from pg_catalog.pg_constraint c
                  join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and c.conkey = array [a.attnum]
                  where c.conrelid = 'task'::regclass and c.contype = 'c' and a.attname = 'status'
                  """)
              .into(String.class);
      assertThat(
              Pattern.compile("'([a-z-]+)'").matcher(check).results().map(found -> found.group(1)))
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(TaskStatus.values()).map(TaskStatus::text).toList());
    }
  }

  @Test
  void nothingFollowsWhatIsOver() {
    assertThat(TaskStatus.values())
        .allSatisfy(status -> assertThat(status.followers()).doesNotContain(status));
    assertThat(TaskStatus.CANCELLED.followers()).isEmpty();
    assertThat(TaskStatus.COMPLETED.followers()).isEmpty();
    assertThat(TaskStatus.FAILED.followers()).isEmpty();
  }
}
