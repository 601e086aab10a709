package dev.mainstay.benchmark.soak;

import dev.mainstay.sandbox.load.EventSender;
import dev.mainstay.sandbox.load.StudentCoursePair;
import dev.mainstay.sandbox.stripe.PaymentIntent;
import dev.mainstay.sandbox.stripe.SimulatedStripeEvent;
import dev.mainstay.sandbox.stripe.StripeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Payments at a steady rate, whether or not earlier ones were answered, and the full refund of
 * every tenth a minute after it.
 */
final class Traffic implements AutoCloseable {

  private static final int REFUNDED = 10;
  private static final Duration REFUNDED_AFTER = Duration.ofMinutes(1);

  private final EventSender sender;
  private final List<StudentCoursePair> pairs;
  private final double rate;
  private final Flow purchases;
  private final Flow refunds;

  /** The prefix of the ids of this soak's payments, and of no others. */
  private final String paymentPrefix = StripeId.next("pi").substring(0, 17);

  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread pace = Thread.ofPlatform().name("traffic").unstarted(this::run);
  private volatile boolean stopped;

  /**
   * Nothing is sent yet.
   *
   * @param pairs the students and courses of the purchases, in order
   * @param rate payments a second
   */
  Traffic(
      EventSender sender,
      List<StudentCoursePair> pairs,
      double rate,
      Flow purchases,
      Flow refunds) {
    this.sender = sender;
    this.pairs = pairs;
    this.rate = rate;
    this.purchases = purchases;
    this.refunds = refunds;
  }

  void start() {
    pace.start();
  }

  /** Sends nothing new, and returns when everything that was sent is answered or abandoned. */
  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(pace);
    try {
      pace.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    requests.close();
    sender.close();
  }

  private void run() {
    Instant start = Instant.now();
    int between = (int) Math.ceil(rate * REFUNDED_AFTER.toSeconds());
    for (int i = 0; i < pairs.size(); i++) {
      Instant due = start.plusNanos((long) (i * 1e9 / rate));
      while (!stopped && Instant.now().isBefore(due)) {
        LockSupport.parkNanos(Duration.between(Instant.now(), due).toNanos());
      }
      if (stopped) {
        return;
      }
      PaymentIntent paid = payment(i, due);
      send(purchases, "payment_intent.succeeded", paid.id(), paid.json(), due);
      int earlier = i - between;
      if (earlier >= 0 && earlier % REFUNDED == 0) {
        PaymentIntent back = payment(earlier, due);
        send(refunds, "charge.refunded", back.id(), back.charge(back.amount()), due);
      }
    }
  }

  private void send(
      Flow flow, String type, String payment, Map<String, Object> object, Instant due) {
    requests.execute(() -> {
      try {
        if (sender.send(SimulatedStripeEvent.about(type, object, due))) {
          flow.acknowledged(payment, due);
        } else {
          flow.lost();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private PaymentIntent payment(int number, Instant at) {
    StudentCoursePair pair = pairs.get(number);
    return new PaymentIntent(
        paymentPrefix + "%010d".formatted(number),
        pair.priceMinor(),
        pair.currency().toLowerCase(Locale.ROOT),
        Map.of("student_id", pair.student().toString(), "course_id", pair.course().toString()),
        at,
        PaymentIntent.Status.SUCCEEDED);
  }
}
