package dev.mainstay.sandbox.load;

import dev.mainstay.sandbox.server.CannotStart;
import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.sandbox.stripe.PaymentIntent;
import dev.mainstay.sandbox.stripe.SimulatedStripeEvent;
import dev.mainstay.sandbox.stripe.StripeId;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sends signed Stripe events to a running product, waits until every purchase is complete, and asks
 * the invariant checker. Latencies count from the moment an event was due, so that a slow answer
 * cannot hide those that had to wait behind it.
 */
public final class Load {

  private static final Duration STALLED_AFTER = Duration.ofSeconds(60);
  private static final long LOOK_EVERY_MILLIS = 200;

  /**
   * The number of events before the measurement: a caller that has just started is slow itself,
   * unlike Stripe.
   */
  private static final int BEFORE_IT_COUNTS = 50;

  private final EventSender sender;
  private final DatabaseAddress reader;
  private final LoadPlan plan;

  /** The prefix of the ids of this load's payments, and of no others. */
  private final String paymentPrefix = StripeId.next("pi").substring(0, 17);

  /** When each event was due. */
  private final Instant[] due;

  private final Histogram acknowledged = new ConcurrentHistogram(3);

  public Load(URI webhook, String webhookSecret, DatabaseAddress reader, LoadPlan plan) {
    this.sender = new EventSender(webhook, webhookSecret);
    this.reader = reader;
    this.plan = plan;
    this.due = new Instant[plan.purchases()];
  }

  /**
   * Runs it to its end.
   *
   * @throws CannotStart if there are not enough students and courses left
   */
  public LoadReport run(LoadProgress progress) throws SQLException, InterruptedException {
    try (var connection = reader.connect()) {
      List<StudentCoursePair> pairs = StudentCoursePair.find(connection, plan.purchases());
      if (pairs.size() < plan.purchases()) {
        throw new CannotStart(
            "Only %d pairs of a student and a course are left: ./mainstay up --fresh starts empty"
                .formatted(pairs.size()));
      }
      warmUp(pairs.getFirst());
      Instant start = Instant.now();
      var sending = Thread.ofVirtual().name("load").start(() -> send(pairs, start, progress));
      awaitComplete(sending, connection, progress);
      return report(connection, start);
    }
  }

  /**
   * Sends events that a product only has to recognize: Stripe's report that a payment was begun.
   */
  private void warmUp(StudentCoursePair pair) throws InterruptedException {
    boolean answered = true;
    for (int i = 0; answered && i < BEFORE_IT_COUNTS; i++) {
      Instant now = Instant.now();
      var begun = intent(0, pair, now, PaymentIntent.Status.REQUIRES_CONFIRMATION);
      answered =
          sender.send(SimulatedStripeEvent.about("payment_intent.created", begun.json(), now));
    }
  }

  private void send(List<StudentCoursePair> pairs, Instant start, LoadProgress progress) {
    var unanswered = new Semaphore(plan.concurrency());
    try (sender;
        var requests = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < pairs.size(); i++) {
        int number = i;
        if (plan.isFlood()) {
          unanswered.acquireUninterruptibly();
          due[number] = Instant.now();
        } else {
          Instant at = start.plusNanos((long) (number * 1e9 / plan.rate()));
          due[number] = at;
          LockSupport.parkNanos(Duration.between(Instant.now(), at).toNanos());
        }
        requests.execute(() -> {
          if (!plan.isFlood()) {
            unanswered.acquireUninterruptibly();
          }
          try {
            post(number, pairs.get(number));
          } finally {
            unanswered.release();
          }
          progress.acknowledged(acknowledged.getTotalCount());
        });
      }
    }
  }

  private void post(int number, StudentCoursePair pair) {
    Instant now = Instant.now();
    try {
      PaymentIntent paid = intent(number, pair, now, PaymentIntent.Status.SUCCEEDED);
      if (sender.send(SimulatedStripeEvent.about("payment_intent.succeeded", paid.json(), now))) {
        acknowledged.recordValue(micros(due[number], Instant.now()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private PaymentIntent intent(
      int number, StudentCoursePair pair, Instant at, PaymentIntent.Status status) {
    return new PaymentIntent(
        paymentPrefix + "%010d".formatted(number),
        pair.priceMinor(),
        pair.currency().toLowerCase(Locale.ROOT),
        Map.of("student_id", pair.student().toString(), "course_id", pair.course().toString()),
        at,
        status);
  }

  private void awaitComplete(Thread sending, Connection connection, LoadProgress progress)
      throws SQLException, InterruptedException {
    long before = 0;
    Instant lastSeen = Instant.now();
    while (sending.isAlive()
        || (before < acknowledged.getTotalCount()
            && Duration.between(lastSeen, Instant.now()).compareTo(STALLED_AFTER) < 0)) {
      long now = countComplete(connection);
      if (now > before || sending.isAlive()) {
        lastSeen = Instant.now();
      }
      before = now;
      progress.complete(now);
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private long countComplete(Connection connection) throws SQLException {
    try (var query =
        connection.prepareStatement(
            """
            select count(*)
            from payment p
            join purchase u on u.payment_id = p.id
            where p.provider = 'stripe' and p.provider_payment_id like ? and u.status = 'active'\
            """)) {
      query.setString(1, paymentPrefix + "%");
      try (var rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private LoadReport report(Connection connection, Instant start) throws SQLException {
    Histogram complete = new Histogram(3);
    Instant last = start;
    try (var query =
        connection.prepareStatement(
            """
            select p.provider_payment_id,
                   case current_setting('track_commit_timestamp')
                     when 'on' then pg_xact_commit_timestamp(e.xid::xid) else e.at end
            from payment p
            join purchase u on u.payment_id = p.id
            join event e on e.subject_id = u.id and e.type = 'sessions.scheduled'
            where p.provider = 'stripe' and p.provider_payment_id like ? and u.status = 'active'\
            """)) {
      query.setString(1, paymentPrefix + "%");
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          int number = Integer.parseInt(rows.getString(1).substring(paymentPrefix.length()));
          Instant committed = rows.getTimestamp(2).toInstant();
          complete.recordValue(Math.max(0, micros(due[number], committed)));
          last = committed.isAfter(last) ? committed : last;
        }
      }
    }
    return new LoadReport(
        acknowledged,
        complete,
        Duration.between(start, last),
        sender.refused(),
        (int) (plan.purchases() - complete.getTotalCount()),
        Violations.find(connection));
  }

  private static long micros(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1_000;
  }
}
