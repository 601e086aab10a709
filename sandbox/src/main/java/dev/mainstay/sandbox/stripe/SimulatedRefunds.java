package dev.mainstay.sandbox.stripe;

import dev.mainstay.sandbox.stripe.SimulatedRefund.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The refunds of all payment intents, never above what was paid. */
final class SimulatedRefunds {

  private final Map<String, List<SimulatedRefund>> byIntent = new ConcurrentHashMap<>();

  /** The status of what is made from now on: one to a card succeeds immediately. */
  private volatile Status first = Status.SUCCEEDED;

  /** So begins what is made from now on. */
  void beginAs(Status status) {
    first = status;
  }

  /** The refundable rest of a payment intent. */
  long left(PaymentIntent intent) {
    return intent.amount() - refunded(intent.id());
  }

  /** Also what is pending, as Stripe counts; what failed is refundable again. */
  long refunded(String intent) {
    return of(intent).stream()
        .filter(refund -> !refund.status().isFailure())
        .mapToLong(SimulatedRefund::amount)
        .sum();
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
            StripeId.next("re"), intent.id(), amount, intent.currency(), metadata, at, first);
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

  /** Moves one on; empty where there is none, or it has failed before. */
  synchronized Optional<SimulatedRefund> move(String id, Status next) {
    Optional<SimulatedRefund> moved =
        find(id)
            .filter(refund -> !refund.status().isFailure() && refund.status() != next)
            .map(refund -> refund.with(next));
    moved.ifPresent(refund ->
        byIntent.computeIfPresent(
            refund.paymentIntent(),
            (_, known) -> known.stream().map(one -> one.id().equals(id) ? refund : one).toList()));
    return moved;
  }
}
