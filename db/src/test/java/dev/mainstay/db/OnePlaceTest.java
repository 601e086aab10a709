package dev.mainstay.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that exist in one function, which all others call. */
class OnePlaceTest {

  private static final TestDatabase database = TestDatabase.create();

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "insert\\s+into\\s+intake\\M, enqueue_all",
    "insert\\s+into\\s+event\\M, emit_events",
    "alter\\s+function, pin_plans",
    "/ page_size, page_boundaries"
  })
  void isTheOnlyOneThatDoes(String sql, String function) {
    assertThat(
            database
                .admin()
                .fetch(
                    """
                    select p.proname
                    from pg_catalog.pg_proc p
                    where p.pronamespace = 'public'::regnamespace and p.prosrc ~ ?
                    """,
                    sql)
                .getValues("proname", String.class))
        .containsExactly(function);
  }
}
