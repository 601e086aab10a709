package dev.mainstay.activities.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.DatabaseUnavailable;
import dev.mainstay.db.testing.TestDatabase;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class SharedRateLimitTest {

  private final TestDatabase database = TestDatabase.create();
  private final List<Duration> waits = new ArrayList<>();
  private final HandClock clock = new HandClock();
  private final SharedRateLimit oneHost = host();
  private final SharedRateLimit another = host();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void hostsShareAGatewaysRate() {
    oneHost.of("email", 100).take(100);
    another.of("email", 100).take(50);
    oneHost.of("email", 100).take(50);

    assertThat(waits).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void aWholePageIsTakenAtOnceAndOnCredit() {
    oneHost.of("email", 100).take(500);

    assertThat(waits).containsExactly(Duration.ofSeconds(4));
  }

  @Test
  void timeFillsItUpAgain() {
    oneHost.of("email", 100).take(300);
    clock.advance(Duration.ofSeconds(3));
    another.of("email", 100).take(100);

    assertThat(waits).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aGatewayWaitsForItselfAlone() {
    oneHost.of("sms", 10).take(20);
    oneHost.of("email", 100).take(100);

    assertThat(waits).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void anotherRateHoldsAtOnce() {
    oneHost.of("email", 100).take(300);
    another.of("email", 1000).take(1000);

    assertThat(waits).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aDatabaseThatIsAwayIsToldAsSuch() {
    var nobody = new PGSimpleDataSource();
    nobody.setUrl("jdbc:postgresql://127.0.0.1:1/nobody");
    assertThatThrownBy(() -> new SharedRateLimit(nobody).of("email", 100).take(1))
        .matches(DatabaseUnavailable::explains, "the database is away");
  }

  private SharedRateLimit host() {
    return new SharedRateLimit(
        database.dataSource(),
        clock,
        nanos -> {
          assertThat(database.connectionsInUse())
              .as("no connection is held while it waits")
              .isZero();
          waits.add(Duration.ofNanos(nanos));
        });
  }

  /** Moved by hand. */
  private static final class HandClock implements TimeMeter {

    private Duration now = Duration.ofDays(20_000);

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public long currentTimeNanos() {
      return now.toNanos();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
