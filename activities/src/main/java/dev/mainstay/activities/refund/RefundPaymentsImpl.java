package dev.mainstay.activities.refund;

import dev.mainstay.activities.refund.RefundGateway.Answer.Accepted;
import dev.mainstay.activities.refund.RefundGateway.Answer.Refused;
import dev.mainstay.activities.refund.RefundGateway.Answer.Unknown;
import dev.mainstay.activities.refund.RefundGateway.Wish;
import dev.mainstay.workflows.refund.RefundPayments;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/** Asks the provider between two short transactions, never inside one. */
public final class RefundPaymentsImpl implements RefundPayments {

  private final TransactionOperations transaction;
  private final RefundRequests requests;
  private final Map<String, RefundGateway> gateways;

  /**
   * Asks these gateways.
   *
   * @param gateways by the provider's name
   */
  public RefundPaymentsImpl(
      TransactionOperations transaction,
      RefundRequests requests,
      Map<String, RefundGateway> gateways) {
    this.transaction = transaction;
    this.requests = requests;
    this.gateways = Map.copyOf(gateways);
  }

  @Override
  public Answer ask(Request asked) {
    var request =
        Objects.requireNonNull(
            transaction.execute(_ -> {
              requests.done(asked.id());
              return requests.ask(asked.id());
            }));
    if (!request.isPending()) {
      return new Answer(Outcome.ACCEPTED, "");
    }
    RefundGateway gateway = gateways.get(request.provider());
    if (gateway == null) {
      return new Answer(
          Outcome.REFUSED, "there is no gateway to the provider " + request.provider());
    }
    return switch (definite(gateway, request, asked.attempt())) {
      case Accepted accepted -> {
        transaction.executeWithoutResult(
            _ -> requests.accepted(request, accepted.refundId(), accepted.arrived()));
        yield new Answer(Outcome.ACCEPTED, "");
      }
      case Refused refused -> new Answer(Outcome.REFUSED, refused.why());
      case Unknown unknown ->
          throw new IllegalStateException(
              "It is not known whether the refund was made: " + unknown.why());
    };
  }

  private static RefundGateway.Answer definite(
      RefundGateway gateway, RefundRequests.Request request, int attempt) {
    Optional<Accepted> made =
        request.asked() ? gateway.find(request.paymentId(), request.id()) : Optional.empty();
    if (made.isPresent()) {
      return made.get();
    }
    var answer =
        gateway.refund(new Wish(request.id(), attempt, request.paymentId(), request.amountMinor()));
    if (answer instanceof Unknown) {
      return gateway
          .find(request.paymentId(), request.id())
          .map(RefundGateway.Answer.class::cast)
          .orElse(answer);
    }
    return answer;
  }
}
