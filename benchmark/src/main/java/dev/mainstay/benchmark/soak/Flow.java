package dev.mainstay.benchmark.soak;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * The traffic of one kind, from the time an event is due over its acknowledgement to the commit of
 * its effect. It remembers only open events.
 */
final class Flow implements Probe {

  private final String effect;
  private final Connection database;
  private final ForcedCollection collection;
  private final Timing acknowledgement;
  private final Timing completion;
  private final Map<String, Instant> open = new ConcurrentHashMap<>();
  private final LongAdder sent = new LongAdder();
  private final LongAdder lost = new LongAdder();

  /**
   * One kind.
   *
   * @param effect type of the event that says that it is done
   */
  Flow(String name, String effect, Connection database, ForcedCollection collection) {
    this.effect = effect;
    this.database = database;
    this.collection = collection;
    this.acknowledgement = new Timing(name + ", acknowledged");
    this.completion = new Timing(name + ", complete");
  }

  /** Something about a payment is acknowledged now. */
  void acknowledged(String payment, Instant due) {
    sent.increment();
    open.put(payment, due);
    acknowledgement.record(due, Instant.now());
  }

  /** Something was never acknowledged, and so never promised. */
  void lost() {
    lost.increment();
  }

  long countAcknowledged() {
    return sent.sum();
  }

  long countLost() {
    return lost.sum();
  }

  /** The payments of which something was acknowledged and is not done, as of the last look. */
  List<String> open() {
    return open.keySet().stream().sorted().toList();
  }

  /** Looks what is done. */
  void look() throws SQLException {
    try (var query =
        database.prepareStatement(
            """
            select p.provider_payment_id, pg_xact_commit_timestamp(e.xid::xid)
            from payment p
            join purchase u on u.payment_id = p.id
            join event e on e.subject_id = u.id and e.type = ? and e.ordinal = 1
            where p.provider = 'stripe' and p.provider_payment_id = any (?)\
            """)) {
      query.setString(1, effect);
      query.setArray(2, database.createArrayOf("text", open.keySet().toArray()));
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          Instant due = Objects.requireNonNull(open.remove(rows.getString(1)));
          completion.record(due, rows.getTimestamp(2).toInstant());
        }
      }
    }
  }

  /** The changes since the last sample. */
  @Override
  public void read(Sample into) throws SQLException {
    look();
    acknowledgement.read(into);
    completion.read(into);
  }

  private final class Timing implements Probe {

    private static final double MILLISECOND = 1_000;

    private final Recorder micros = new Recorder(3);
    private final Measure median;
    private final Measure tail;

    Timing(String name) {
      this.median = new Measure(name + ", p50", "ms", Tolerance.MEDIAN);
      this.tail = new Measure(name + ", p99", "ms", Tolerance.TAIL);
    }

    void record(Instant due, Instant done) {
      if (!collection.met(due, done)) {
        micros.recordValue(Math.max(0, Duration.between(due, done).toNanos() / 1_000));
      }
    }

    @Override
    public void read(Sample into) {
      Histogram window = micros.getIntervalHistogram();
      if (window.getTotalCount() > 0) {
        into.put(median, window.getValueAtPercentile(50) / MILLISECOND);
        into.put(tail, window.getValueAtPercentile(99) / MILLISECOND);
      }
    }
  }
}
