package dev.mainstay.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.mainstay.db.DatabaseAway;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.notification.Channel;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class SharedMessageRateTest {

  private final TestDatabase database = TestDatabase.create();
  private final List<Duration> waits = new ArrayList<>();
  private final HandClock clock = new HandClock();
  private final MessageRate oneHost = host(Map.of(Channel.EMAIL, 100, Channel.SMS, 10));
  private final MessageRate another = host(Map.of(Channel.EMAIL, 100, Channel.SMS, 10));

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void hostsShareAChannelsRate() {
    oneHost.take(Channel.EMAIL, 100);
    another.take(Channel.EMAIL, 50);
    oneHost.take(Channel.EMAIL, 50);

    assertThat(waits).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void aWholePageIsTakenAtOnceAndOnCredit() {
    oneHost.take(Channel.EMAIL, 500);

    assertThat(waits).containsExactly(Duration.ofSeconds(4));
  }

  @Test
  void timeFillsItUpAgain() {
    oneHost.take(Channel.EMAIL, 300);
    clock.advance(Duration.ofSeconds(3));
    another.take(Channel.EMAIL, 100);

    assertThat(waits).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aChannelWaitsForItselfAlone() {
    oneHost.take(Channel.SMS, 20);
    oneHost.take(Channel.EMAIL, 100);

    assertThat(waits).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void anotherRateHoldsAtOnce() {
    oneHost.take(Channel.EMAIL, 300);
    host(Map.of(Channel.EMAIL, 1000)).take(Channel.EMAIL, 1000);

    assertThat(waits).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aDatabaseThatIsAwayIsToldAsSuch() {
    var nobody = new PGSimpleDataSource();
    nobody.setUrl("jdbc:postgresql://127.0.0.1:1/nobody");
    assertThatThrownBy(
            () -> new SharedMessageRate(nobody, Map.of(Channel.EMAIL, 100)).take(Channel.EMAIL, 1))
        .matches(DatabaseAway::explains, "the database is away");
  }

  private MessageRate host(Map<Channel, Integer> perSecond) {
    return new SharedMessageRate(
        database.dataSource(),
        perSecond,
        clock,
        nanos -> {
          assertThat(((HikariDataSource) database.dataSource()).getHikariPoolMXBean())
              .as("no connection is held while it waits")
              .returns(0, pool -> pool.getActiveConnections());
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
