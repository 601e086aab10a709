package dev.mainstay.activities.payroll;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.payroll.TransferGateway.Answer;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Accepted;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Refused;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Unknown;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Withheld;
import dev.mainstay.activities.payroll.TransferGateway.Wish;
import dev.mainstay.activities.payroll.TransferOutcome.Result;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A payout that was taken: the provider is to be asked for its transfer at once.
 *
 * @param destination the vendor's account; null where it has none
 * @param inDoubt whether this attempt may have been asked before
 */
record DuePayout(OpenPayout payout, int attempt, @Nullable String destination, boolean inDoubt) {

  private static final Logger log = LoggerFactory.getLogger(DuePayout.class);

  /** Asks for its transfer. */
  TransferOutcome pay(TransferGateway gateway) {
    try {
      return destination == null
          ? outcome(Result.REFUSED, "no-payout-account")
          : outcome(
              gateway,
              gateway.transfer(
                  new Wish(
                      payout.id(),
                      attempt,
                      destination,
                      payout.amountMinor(),
                      payout.currency(),
                      payout.origin())));
    } catch (NotReachedException e) {
      return outcome(inDoubt ? Result.UNKNOWN : Result.RELEASED, e.getMessage());
    } catch (RuntimeException e) {
      log.error("Payout {} broke on its way: it may have been paid", payout.id(), e);
      return outcome(Result.UNKNOWN, e.getClass().getSimpleName());
    }
  }

  private TransferOutcome outcome(TransferGateway gateway, Answer answer) {
    return switch (answer) {
      case Accepted accepted -> accepted(accepted);
      case Refused refused -> outcome(Result.REFUSED, refused.why());
      case Withheld withheld -> outcome(Result.WITHHELD, withheld.why());
      case Unknown unknown -> resolved(gateway, unknown);
    };
  }

  private TransferOutcome resolved(TransferGateway gateway, Unknown unknown) {
    try {
      return gateway
          .find(payout.id())
          .map(this::accepted)
          .orElseGet(() -> outcome(unknown.stored() ? Result.VOID : Result.UNKNOWN, unknown.why()));
    } catch (NotReachedException _) {
      return outcome(Result.UNKNOWN, unknown.why());
    }
  }

  TransferOutcome accepted(Accepted accepted) {
    return TransferOutcome.accepted(payout.id(), attempt, accepted);
  }

  private TransferOutcome outcome(Result result, @Nullable String answer) {
    return new TransferOutcome(payout.id(), attempt, payout.asks() + 1, result, answer, null);
  }
}
