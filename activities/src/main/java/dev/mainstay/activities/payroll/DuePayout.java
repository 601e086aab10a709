package dev.mainstay.activities.payroll;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.payroll.TransferGateway.Answer;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Accepted;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Refused;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Unknown;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Withheld;
import dev.mainstay.activities.payroll.TransferGateway.Wish;
import dev.mainstay.activities.payroll.TransferOutcome.Result;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A payout that was taken to be paid.
 *
 * @param destination the vendor's account; null where it has none
 * @param inDoubt whether this attempt may have been asked before
 */
record DuePayout(
    UUID id,
    int attempt,
    @Nullable String destination,
    long amountMinor,
    String currency,
    boolean inDoubt) {

  private static final Logger log = LoggerFactory.getLogger(DuePayout.class);

  /** Pays it, whatever happens; first asks whether an earlier try has. */
  TransferOutcome pay(TransferGateway gateway) {
    try {
      if (inDoubt || attempt > 1) {
        Optional<Accepted> made = gateway.find(id);
        if (made.isPresent()) {
          return accepted(made.get());
        }
      }
      return destination == null
          ? outcome(Result.REFUSED, "no-payout-account")
          : outcome(
              gateway, gateway.transfer(new Wish(id, attempt, destination, amountMinor, currency)));
    } catch (NotReachedException e) {
      return notAsked(e.getMessage());
    } catch (RuntimeException e) {
      log.error("Payout {} broke on its way: it may have been paid", id, e);
      return outcome(Result.UNKNOWN, e.getClass().getSimpleName());
    }
  }

  /** Asks whether it has been paid, without paying it. */
  TransferOutcome lookUp(TransferGateway gateway) {
    try {
      return gateway.find(id).map(this::accepted).orElseGet(() -> notAsked("not found"));
    } catch (NotReachedException e) {
      return notAsked(e.getMessage());
    }
  }

  /** This try has not asked. */
  TransferOutcome notAsked(@Nullable String why) {
    return outcome(inDoubt ? Result.UNKNOWN : Result.RELEASED, why);
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
          .find(id)
          .map(this::accepted)
          .orElseGet(() -> outcome(unknown.stored() ? Result.VOID : Result.UNKNOWN, unknown.why()));
    } catch (NotReachedException _) {
      return outcome(Result.UNKNOWN, unknown.why());
    }
  }

  private TransferOutcome accepted(Accepted accepted) {
    return new TransferOutcome(id, attempt, Result.ACCEPTED, null, accepted.transferId());
  }

  private TransferOutcome outcome(Result result, @Nullable String answer) {
    return new TransferOutcome(id, attempt, result, answer, null);
  }
}
