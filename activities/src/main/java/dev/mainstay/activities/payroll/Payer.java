package dev.mainstay.activities.payroll;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import dev.mainstay.activities.gateway.ParallelCalls;
import dev.mainstay.activities.gateway.RateLimit;
import dev.mainstay.activities.payroll.TransferOutcome.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Pays payouts, several at once: marks them as being paid, asks the provider, and records the
 * answers as they arrive. Once a payout is withheld for a reason that applies to all, the provider
 * is not asked for the others.
 */
final class Payer {

  private static final Duration RECORD_EVERY = Duration.ofMillis(200);

  /** A provider that repeats an old failure for a new attempt too cannot be asked now. */
  private static final int ROUNDS = 2;

  private final Payouts payouts;
  private final TransferGateway gateway;
  private final RateLimit rate;
  private final MeterRegistry metrics;

  Payer(Payouts payouts, TransferGateway gateway, RateLimit rate, MeterRegistry metrics) {
    this.payouts = payouts;
    this.gateway = gateway;
    this.rate = rate;
    this.metrics = metrics;
  }

  /**
   * Pays the given payouts and returns their outcomes. A payout whose stored answer is void is
   * asked again immediately, as the next attempt.
   */
  List<TransferOutcome> pay(List<UUID> ids) {
    var outcomes = new ArrayList<TransferOutcome>();
    List<UUID> left = ids;
    for (int round = 1; !left.isEmpty(); round++) {
      // Waited for before anything is marked as being paid
      rate.take(left.size());
      boolean isLast = round == ROUNDS;
      Map<Boolean, List<TransferOutcome>> again =
          ask(payouts.take(left)).stream()
              .collect(partitioningBy(outcome -> !isLast && outcome.result() == Result.VOID));
      left = requireNonNull(again.get(true)).stream().map(TransferOutcome::payoutId).toList();
      outcomes.addAll(requireNonNull(again.get(false)));
    }
    return outcomes;
  }

  /** Looks up the outcome of a payout that may have been paid, without paying it. */
  List<TransferOutcome> lookUp(UUID id) {
    List<TransferOutcome> found =
        payouts.take(List.of(id)).stream().map(payout -> payout.lookUp(gateway)).toList();
    payouts.record(found);
    return found;
  }

  private List<TransferOutcome> ask(List<DuePayout> due) {
    Map<UUID, DuePayout> byId = due.stream().collect(toMap(DuePayout::id, payout -> payout));
    var withheld = new AtomicBoolean();
    var outcomes = new ArrayList<TransferOutcome>();
    try (var calls = new ParallelCalls<TransferOutcome>()) {
      due.forEach(payout -> calls.begin(() -> ask(payout, withheld)));
      calls.awaitAll(
          RECORD_EVERY,
          back -> {
            payouts.record(back);
            back.forEach(
                outcome -> count(requireNonNull(byId.get(outcome.payoutId())), outcome.result()));
            outcomes.addAll(back);
          });
    }
    return outcomes;
  }

  private TransferOutcome ask(DuePayout payout, AtomicBoolean withheld) {
    if (withheld.get()) {
      return payout.notAsked("nothing is paid at the moment");
    }
    TransferOutcome outcome = payout.pay(gateway);
    if (outcome.result() == Result.WITHHELD) {
      withheld.set(true);
    }
    return outcome;
  }

  private void count(DuePayout payout, Result result) {
    Counter.builder("mainstay.payout.minor")
        .description("Money in minor units that the provider was asked to pay, by what came of it")
        .tag("currency", payout.currency())
        .tag("outcome", result.text())
        .register(metrics)
        .increment((double) payout.amountMinor());
  }
}
