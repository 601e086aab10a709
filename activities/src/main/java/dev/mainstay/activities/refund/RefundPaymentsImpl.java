package dev.mainstay.activities.refund;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.refund.RefundGateway.Answer.Accepted;
import dev.mainstay.activities.refund.RefundGateway.Answer.Refused;
import dev.mainstay.activities.refund.RefundGateway.Answer.Unknown;
import dev.mainstay.activities.refund.RefundGateway.Made;
import dev.mainstay.activities.refund.RefundGateway.State;
import dev.mainstay.activities.refund.RefundGateway.Wish;
import dev.mainstay.activities.refund.RefundRequests.Claimed;
import dev.mainstay.activities.refund.RefundRequests.Request;
import dev.mainstay.db.refund.RefundStatus;
import dev.mainstay.workflows.refund.RefundPayments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Asks the provider between short transactions, never inside one. */
public final class RefundPaymentsImpl implements RefundPayments {

  /** A provider that repeats an old failure for a new attempt too cannot be asked now. */
  private static final int ROUNDS = 2;

  private final RefundRequests requests;
  private final Map<String, RefundGateway> gateways;

  /**
   * Asks these gateways.
   *
   * @param requests outside of any transaction
   * @param gateways by the provider's name
   */
  public RefundPaymentsImpl(RefundRequests requests, Map<String, RefundGateway> gateways) {
    this.requests = requests;
    this.gateways = Map.copyOf(gateways);
  }

  @Override
  public Answer ask(UUID requestId) {
    requests.done(requestId);
    Request request = requests.find(requestId);
    RefundGateway gateway = gateways.get(request.provider());
    if (request.status() == RefundStatus.PENDING && gateway == null) {
      return new Answer(
          Outcome.REFUSED, "there is no gateway to the provider " + request.provider());
    }
    if (request.isUnderWay()) {
      look(request);
    }
    return request.status() == RefundStatus.PENDING && gateway != null
        ? ask(gateway, request)
        : result(requestId);
  }

  @Override
  public Answer cancel(UUID requestId) {
    requests.done(requestId);
    Request request = requests.find(requestId);
    Integer attempt = request.lastAttempt();
    if (request.status() == RefundStatus.PENDING && attempt != null) {
      Wish wish = request.wish(attempt);
      if (find(gatewayTo(request), wish).orElse(null) instanceof Accepted accepted) {
        requests.accepted(wish, accepted);
        return result(requestId);
      }
    }
    if (request.status() == RefundStatus.PENDING && !requests.cancel(requestId)) {
      throw new IllegalStateException("The provider may still be making the refund");
    }
    return result(requestId);
  }

  private Answer ask(RefundGateway gateway, Request request) {
    for (int round = 1; true; round++) {
      Optional<Claimed> claimed = requests.claim(request);
      if (claimed.isEmpty()) {
        return result(request.id());
      }
      Wish wish = claimed.get().wish();
      switch (answer(gateway, claimed.get())) {
        case Accepted accepted -> {
          requests.accepted(wish, accepted);
          return result(request.id());
        }
        case Refused refused -> {
          requests.refused(wish, refused.why());
          return new Answer(Outcome.REFUSED, refused.why());
        }
        case Unknown unknown when unknown.stored() -> {
          requests.refused(wish, unknown.why());
          if (round == ROUNDS) {
            throw new NotReachedException("The provider repeats a failure: " + unknown.why());
          }
        }
        case Unknown unknown ->
            throw new IllegalStateException(
                "It is not known whether the refund was made: " + unknown.why());
      }
    }
  }

  /** Looks before it asks, and again where the answer leaves open what happened. */
  private RefundGateway.Answer answer(RefundGateway gateway, Claimed claimed) {
    Wish wish = claimed.wish();
    RefundGateway.Answer answer;
    try {
      Optional<RefundGateway.Answer> made = find(gateway, wish);
      answer = made.isPresent() ? made.get() : gateway.refund(wish);
    } catch (NotReachedException e) {
      if (!claimed.inDoubt()) {
        requests.released(wish);
      }
      throw e;
    }
    return answer instanceof Unknown ? find(gateway, wish).orElse(answer) : answer;
  }

  /** The refund of any attempt that is valid, else the failure of this one. */
  private static Optional<RefundGateway.Answer> find(RefundGateway gateway, Wish wish) {
    List<Made> made = gateway.made(wish.paymentId(), wish.requestId());
    return made.stream()
        .filter(refund -> refund.state() != State.FAILED)
        .findFirst()
        .<RefundGateway.Answer>map(
            refund -> new Accepted(refund.refundId(), refund.state() == State.ARRIVED))
        .or(() ->
            made.stream()
                .filter(refund -> refund.attempt() == wish.attempt())
                .findFirst()
                .map(refund -> new Refused("the refund failed: " + refund.why())));
  }

  /** Asks for the present state of the refund that the provider has accepted. */
  private void look(Request request) {
    gatewayTo(request).made(request.paymentId(), request.id()).stream()
        .filter(refund -> refund.refundId().equals(request.refundId()))
        .forEach(refund -> requests.stands(request, refund));
  }

  private Answer result(UUID requestId) {
    Request request = requests.find(requestId);
    return new Answer(
        switch (request.status()) {
          case ACCEPTED -> request.isUnderWay() ? Outcome.PENDING : Outcome.ARRIVED;
          case FAILED -> Outcome.FAILED;
          case CANCELLED -> Outcome.CANCELLED;
          case PENDING -> throw new IllegalStateException("The answer was not recorded");
        },
        "");
  }

  private RefundGateway gatewayTo(Request request) {
    RefundGateway gateway = gateways.get(request.provider());
    if (gateway == null) {
      throw new NotReachedException("There is no gateway to the provider " + request.provider());
    }
    return gateway;
  }
}
