package dev.mainstay.activities.payroll;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.gateway.RateLimit;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Accepted;
import dev.mainstay.activities.payroll.TransferOutcome.Result;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.payroll.PayoutSteps;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Asks the provider between short transactions, never inside one. */
public final class PayoutStepsImpl implements PayoutSteps {

  private static final int PAGE_SIZE = 100;

  /** The number of payouts for which the rate limit is waited for together. */
  private static final int AT_ONCE = 50;

  private final Payouts payouts;
  private final TransferGateway gateway;
  private final Payer payer;

  /**
   * Pays by a gateway.
   *
   * @param database outside of any transaction
   * @param rate the transfers a second that all hosts together may request
   */
  public PayoutStepsImpl(
      DSLContext database, TransferGateway gateway, RateLimit rate, MeterRegistry metrics) {
    this.payouts = new Payouts(database);
    this.gateway = gateway;
    this.payer = new Payer(payouts, gateway, rate, metrics);
  }

  @Override
  public PagePlan plan(UUID runId, @Nullable String after) {
    return payouts.plan(runId, after, PAGE_SIZE);
  }

  @Override
  public PayoutPage pay(UUID runId, KeyRange range) {
    List<OpenPayout> left = payouts.toPay(runId, range);
    Counts counts = Counts.NONE;
    for (int from = 0; from < left.size(); from += AT_ONCE) {
      Optional<String> pauseReason = payouts.pauseReason(runId);
      if (pauseReason.isPresent()) {
        return new PayoutPage(counts, pauseReason.get());
      }
      List<TransferOutcome> outcomes =
          payer.pay(left.subList(from, Math.min(from + AT_ONCE, left.size())));
      counts = counts.plus(counts(outcomes));
      Optional<TransferOutcome> withheld = firstOf(outcomes, Result.WITHHELD);
      if (withheld.isPresent()) {
        return new PayoutPage(counts, withheld.get().answer());
      }
      requireAllAsked(outcomes);
    }
    return new PayoutPage(counts, payouts.pauseReason(runId).orElse(null));
  }

  @Override
  public PayoutResult payOne(UUID payoutId) {
    Optional<OpenPayout> open = payouts.open(payoutId);
    if (open.isEmpty()) {
      return payouts.state(payoutId).result();
    }
    Optional<String> pauseReason = payouts.pauseReasonOf(payoutId);
    if (pauseReason.isPresent() && !open.get().inDoubt()) {
      return new PayoutResult(Outcome.PAUSED, "the run is paused: " + pauseReason.get());
    }
    List<TransferOutcome> outcomes =
        pauseReason.isPresent() ? payer.lookUp(open.get()) : payer.pay(List.of(open.get()));
    requireAllAsked(outcomes);
    Optional<TransferOutcome> withheld = firstOf(outcomes, Result.WITHHELD);
    return withheld.isPresent()
        ? new PayoutResult(
            Outcome.INSUFFICIENT_BALANCE, Objects.requireNonNullElse(withheld.get().answer(), ""))
        : payouts.state(payoutId).result();
  }

  @Override
  public boolean cancel(UUID payoutId, String by) {
    Optional<Integer> attempt = payouts.lastAttempt(payoutId);
    Optional<Accepted> made = attempt.isEmpty() ? Optional.empty() : gateway.find(payoutId);
    if (made.isPresent()) {
      payouts.record(
          List.of(TransferOutcome.accepted(payoutId, attempt.orElseThrow(), made.get())));
      return false;
    }
    return payouts.cancel(payoutId, by);
  }

  private static Counts counts(List<TransferOutcome> outcomes) {
    return count(outcomes, "paid", Result.ACCEPTED)
        .plus(count(outcomes, "failed", Result.REFUSED))
        .plus(count(outcomes, "unknown", Result.UNKNOWN));
  }

  private static Counts count(List<TransferOutcome> outcomes, String name, Result result) {
    return Counts.of(name, outcomes.stream().filter(o -> o.result() == result).count());
  }

  private static Optional<TransferOutcome> firstOf(List<TransferOutcome> outcomes, Result result) {
    return outcomes.stream().filter(outcome -> outcome.result() == result).findFirst();
  }

  /**
   * Lets pass what the provider has heard of.
   *
   * @throws NotReachedException where it took none, so that the step is tried again
   */
  private static void requireAllAsked(List<TransferOutcome> outcomes) {
    List<TransferOutcome> notAsked =
        outcomes.stream()
            .filter(o -> o.result() == Result.RELEASED || o.result() == Result.VOID)
            .toList();
    if (!notAsked.isEmpty()) {
      throw new NotReachedException(
          "%d of %d payouts were not asked for: %s"
              .formatted(notAsked.size(), outcomes.size(), notAsked.getFirst().answer()));
    }
  }
}
