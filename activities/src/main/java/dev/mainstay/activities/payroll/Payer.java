package dev.mainstay.activities.payroll;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.gateway.ParallelCalls;
import dev.mainstay.activities.gateway.RateLimit;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Accepted;
import dev.mainstay.activities.payroll.TransferOutcome.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays payouts, several at once. Each is looked for at the provider if it may have been asked for
 * before, taken, and asked for at once: so a pause has nothing to give back. The answers are
 * recorded as they arrive. Once a payout is withheld for a reason that applies to all, the provider
 * is not asked for the others.
 */
final class Payer {

  private static final Logger log = LoggerFactory.getLogger(Payer.class);
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
   * Pays the given payouts and returns the outcomes of those that could be taken. A payout whose
   * stored answer is void is asked again immediately, as the next attempt.
   */
  List<TransferOutcome> pay(List<OpenPayout> open) {
    var outcomes = new ArrayList<TransferOutcome>();
    List<OpenPayout> left = open;
    for (int round = 1; !left.isEmpty(); round++) {
      // Waited for before anything is taken
      rate.take(left.size());
      boolean isLast = round == ROUNDS;
      Map<UUID, OpenPayout> asked = left.stream().collect(toMap(OpenPayout::id, p -> p));
      Map<Boolean, List<TransferOutcome>> again =
          ask(asked).stream()
              .collect(partitioningBy(outcome -> !isLast && outcome.result() == Result.VOID));
      left =
          requireNonNull(again.get(true)).stream()
              .map(outcome -> requireNonNull(asked.get(outcome.payoutId())).refusedOnce())
              .toList();
      outcomes.addAll(requireNonNull(again.get(false)));
    }
    return outcomes;
  }

  /** Looks up the outcome of a payout that may have been paid, without paying it. */
  List<TransferOutcome> lookUp(OpenPayout payout) {
    List<TransferOutcome> found =
        List.of(find(payout).orElseGet(() -> notAsked(payout, "not found")));
    payouts.record(found);
    return found;
  }

  private List<TransferOutcome> ask(Map<UUID, OpenPayout> open) {
    var stopped = new AtomicBoolean();
    var outcomes = new ArrayList<TransferOutcome>();
    try (var calls = new ParallelCalls<Optional<TransferOutcome>>()) {
      open.values().forEach(payout -> calls.begin(() -> ask(payout, stopped)));
      calls.awaitAll(
          RECORD_EVERY,
          some -> {
            List<TransferOutcome> back = some.stream().flatMap(Optional::stream).toList();
            payouts.record(back);
            back.forEach(
                outcome -> count(requireNonNull(open.get(outcome.payoutId())), outcome.result()));
            outcomes.addAll(back);
          });
    }
    return outcomes;
  }

  private Optional<TransferOutcome> ask(OpenPayout payout, AtomicBoolean stopped) {
    if (stopped.get()) {
      return Optional.empty();
    }
    Optional<TransferOutcome> outcome =
        find(payout).or(() -> payouts.take(payout).map(due -> due.pay(gateway)));
    if (outcome.isPresent() && outcome.get().result() == Result.WITHHELD) {
      stopped.set(true);
    }
    return outcome;
  }

  /** What an earlier attempt has come to; empty where there is none or it has made no transfer. */
  private Optional<TransferOutcome> find(OpenPayout payout) {
    if (!payout.lookUp()) {
      return Optional.empty();
    }
    Optional<Accepted> made;
    try {
      made = gateway.find(payout.id());
    } catch (NotReachedException e) {
      return Optional.of(notAsked(payout, e.getMessage()));
    } catch (RuntimeException e) {
      log.error("Payout {} cannot be looked up", payout.id(), e);
      return Optional.of(notAsked(payout, e.getClass().getSimpleName()));
    }
    return made.map(transfer -> found(payout, transfer));
  }

  /** A transfer of which a restored backup has lost the attempt is recorded under a new one. */
  private TransferOutcome found(OpenPayout payout, Accepted transfer) {
    return payout.asks() == 0
        ? payouts
            .take(payout)
            .map(due -> due.accepted(transfer))
            .orElseGet(() -> notAsked(payout, "its run does not pay, or another host has taken it"))
        : TransferOutcome.accepted(payout.id(), lastAttempt(payout), transfer);
  }

  /** This try has not asked for a transfer. */
  private TransferOutcome notAsked(OpenPayout payout, @Nullable String why) {
    Result result = payout.inDoubt() ? Result.UNKNOWN : Result.RELEASED;
    return new TransferOutcome(payout.id(), lastAttempt(payout), payout.asks(), result, why, null);
  }

  /** Zero for a payout that was never taken: there is nothing to record of it. */
  private int lastAttempt(OpenPayout payout) {
    return payouts.lastAttempt(payout.id()).orElse(0);
  }

  private void count(OpenPayout payout, Result result) {
    Counter.builder("mainstay.payout.minor")
        .description("Money in minor units that the provider was asked to pay, by what came of it")
        .tag("currency", payout.currency())
        .tag("outcome", result.text())
        .register(metrics)
        .increment((double) payout.amountMinor());
  }
}
