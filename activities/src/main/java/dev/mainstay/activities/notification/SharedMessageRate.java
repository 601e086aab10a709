package dev.mainstay.activities.notification;

import dev.mainstay.workflows.notification.Channel;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * A token bucket per channel in our own PostgreSQL, for all hosts together: a second's worth of
 * messages, filled up evenly. Tokens are taken in one short transaction, on credit where there are
 * too few; the wait for them holds no connection.
 */
public final class SharedMessageRate implements MessageRate {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ProxyManager<String> buckets;
  private final Map<Channel, Integer> perSecond;
  private final BlockingStrategy waiting;

  /**
   * Limits these channels.
   *
   * @param perSecond 1 or more, for every channel
   */
  public SharedMessageRate(DataSource database, Map<Channel, Integer> perSecond) {
    this(database, perSecond, TimeMeter.SYSTEM_MILLISECONDS, BlockingStrategy.PARKING);
  }

  SharedMessageRate(
      DataSource database,
      Map<Channel, Integer> perSecond,
      TimeMeter clock,
      BlockingStrategy waiting) {
    this.buckets =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
            .clientClock(clock)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("rate_limit")
            .idColumn("id")
            .stateColumn("state")
            .build();
    this.perSecond = new EnumMap<>(perSecond);
    this.waiting = waiting;
  }

  @Override
  public void take(Channel channel, int messages) {
    if (messages == 0) {
      return;
    }
    int rate = Objects.requireNonNull(perSecond.get(channel));
    var limit =
        BucketConfiguration.builder()
            .addLimit(Bandwidth.builder().capacity(rate).refillGreedy(rate, SECOND).build())
            .build();
    try {
      // Named for its rate too: another rate is another bucket
      buckets
          .getProxy(channel.text() + "/" + rate, () -> limit)
          .asBlocking()
          .consume(messages, waiting);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while waiting for the channel's rate");
    }
  }
}
