package dev.mainstay.activities.gateway;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Token buckets in our own PostgreSQL, for all hosts together: each a second's worth of calls,
 * filled up evenly. Tokens are taken in one short transaction, on credit if there are too few; the
 * wait for them holds no connection.
 */
public final class SharedRateLimit {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ProxyManager<String> buckets;
  private final BlockingStrategy waiting;

  public SharedRateLimit(DataSource database) {
    this(database, TimeMeter.SYSTEM_MILLISECONDS, BlockingStrategy.PARKING);
  }

  SharedRateLimit(DataSource database, TimeMeter clock, BlockingStrategy waiting) {
    this.buckets =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
            .clientClock(clock)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("rate_limit")
            .idColumn("id")
            .stateColumn("state")
            .build();
    this.waiting = waiting;
  }

  /**
   * The rate of a gateway.
   *
   * @param gateway its name, the same on all hosts
   * @param perSecond how many calls a second; 1 or more
   */
  public RateLimit of(String gateway, int perSecond) {
    var limit =
        BucketConfiguration.builder()
            .addLimit(
                Bandwidth.builder().capacity(perSecond).refillGreedy(perSecond, SECOND).build())
            .build();
    // Named for its rate too: another rate is another bucket
    var bucket = buckets.getProxy(gateway + "/" + perSecond, () -> limit).asBlocking();
    return calls -> {
      if (calls == 0) {
        return;
      }
      try {
        bucket.consume(calls, waiting);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Stopped while waiting for the rate of " + gateway);
      }
    };
  }
}
