package dev.mainstay.sandbox.stripe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The refunds of all payment intents, never above what was paid. */
final class SimulatedRefunds {

  private final Map<String, List<SimulatedRefund>> byIntent = new ConcurrentHashMap<>();

  /** The refundable rest of a payment intent. */
  long left(PaymentIntent intent) {
    return intent.amount() - refunded(intent.id());
  }

  long refunded(String intent) {
    return of(intent).stream().mapToLong(SimulatedRefund::amount).sum();
  }

  /** In the order in which they were made. */
  List<SimulatedRefund> of(String intent) {
    return List.copyOf(byIntent.getOrDefault(intent, List.of()));
  }

  Optional<SimulatedRefund> find(String id) {
    return byIntent.values().stream()
        .flatMap(List::stream)
        .filter(refund -> refund.id().equals(id))
        .findFirst();
  }

  /** Makes one, unless it is more than is left. */
  synchronized Optional<SimulatedRefund> make(
      PaymentIntent intent, long amount, Map<String, String> metadata, Instant at) {
    if (amount > left(intent)) {
      return Optional.empty();
    }
    var refund =
        new SimulatedRefund(
            StripeId.next("re"), intent.id(), amount, intent.currency(), metadata, at);
    byIntent.merge(
        intent.id(),
        List.of(refund),
        (known, one) -> {
          var all = new ArrayList<>(known);
          all.addAll(one);
          return List.copyOf(all);
        });
    return Optional.of(refund);
  }
}
