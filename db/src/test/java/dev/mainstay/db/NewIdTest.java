package dev.mainstay.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NewIdTest {

  private static final TestDatabase database = TestDatabase.create();

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void isAVersion7OfTheRfcsVariant() {
    assertThat(ids(1_000)).allMatch(id -> id.version() == 7 && id.variant() == 2);
  }

  @Test
  void isUnique() {
    assertThat(new HashSet<>(ids(50_000))).hasSize(50_000);
  }

  @Test
  void risesWithTimeToTheMicrosecond() {
    // Of one microsecond the order is open, so it is the first 60 bits that must never fall.
    assertThat(ids(50_000).stream().map(UUID::getMostSignificantBits)).isSorted();
  }

  @Test
  void keepsTheMicrosecondsOfEachMillisecondApart() {
    List<UUID> ids = ids(50_000);
    assertThat(ids.stream().map(NewIdTest::fraction)).allMatch(fraction -> fraction < 4096);
    assertThat(ids.stream().map(NewIdTest::fraction).distinct().count()).isGreaterThan(500);
  }

  @Test
  void tellsWhenItWasMade() {
    Instant made = Instant.ofEpochMilli(ids(1).getFirst().getMostSignificantBits() >>> 16);
    assertThat(Duration.between(made, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void sortsInTheDatabaseAsInTime() {
    assertThat(
            database
                .dsl()
                .fetchSingle(
                    """
                    select bool_and(coalesce(before <= this, true)) from (
                      select left(id::text, 18) as this, lag(left(id::text, 18)) over (order by n) as before
                      from (select n, new_id() as id from generate_series(1, 10000) n order by n) i) o
                    """)
                .into(Boolean.class))
        .isTrue();
  }

  private static List<UUID> ids(int count) {
    return database
        .dsl()
        .fetch("select new_id() as id from generate_series(1, ?)", count)
        .getValues("id", UUID.class);
  }

  private static long fraction(UUID id) {
    return id.getMostSignificantBits() & 0xfff;
  }
}
