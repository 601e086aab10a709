package dev.mainstay.activities.refund;

import static dev.mainstay.db.generated.Tables.CLAIM_REFUND;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PAYMENT;
import static dev.mainstay.db.generated.Tables.REFUND_ATTEMPT;
import static dev.mainstay.db.generated.Tables.REFUND_FACT;
import static dev.mainstay.db.generated.Tables.REFUND_REQUEST;

import dev.mainstay.activities.refund.RefundGateway.Answer.Accepted;
import dev.mainstay.activities.refund.RefundGateway.Made;
import dev.mainstay.activities.refund.RefundGateway.Wish;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.refund.RefundStatus;
import dev.mainstay.workflows.refund.RefundWorkflow;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The refunds that operators requested: each call one transaction, or part of the caller's. */
public final class RefundRequests {

  private final DSLContext database;

  public RefundRequests(DSLContext database) {
    this.database = database;
  }

  Request find(UUID id) {
    return database
        .select(
            PAYMENT.PROVIDER,
            PAYMENT.PROVIDER_PAYMENT_ID,
            REFUND_REQUEST.AMOUNT_MINOR,
            REFUND_REQUEST.STATUS,
            REFUND_REQUEST.PROVIDER_REFUND_ID,
            REFUND_FACT.STATUS,
            DSL.field(
                DSL.select(DSL.max(REFUND_ATTEMPT.ATTEMPT))
                    .from(REFUND_ATTEMPT)
                    .where(REFUND_ATTEMPT.REQUEST_ID.eq(REFUND_REQUEST.ID))))
        .from(REFUND_REQUEST)
        .join(PAYMENT)
        .on(PAYMENT.ID.eq(REFUND_REQUEST.PAYMENT_ID))
        .leftJoin(REFUND_FACT)
        .on(
            REFUND_FACT.PROVIDER.eq(PAYMENT.PROVIDER),
            REFUND_FACT.PROVIDER_PAYMENT_ID.eq(PAYMENT.PROVIDER_PAYMENT_ID),
            REFUND_FACT.KIND.eq("refund"),
            REFUND_FACT.PROVIDER_ID.eq(REFUND_REQUEST.PROVIDER_REFUND_ID))
        .where(REFUND_REQUEST.ID.eq(id))
        .fetchSingle(row ->
            new Request(
                id,
                row.value1(),
                row.value2(),
                row.value3(),
                RefundStatus.of(row.value4()),
                row.value5(),
                "succeeded".equals(row.value6()),
                row.value7()));
  }

  /** The attempt of which the provider may have heard from now on; empty if none is due. */
  Optional<Claimed> claim(Request request) {
    return database
        .selectFrom(CLAIM_REFUND.call(request.id()))
        .fetchOptional(row ->
            new Claimed(
                request.wish(row.get(CLAIM_REFUND.ATTEMPT)), row.get(CLAIM_REFUND.IN_DOUBT)));
  }

  void accepted(Wish wish, Accepted accepted) {
    record(
        wish, "accepted", null, accepted.refundId(), accepted.arrived() ? "succeeded" : "pending");
  }

  /** A definite no, or an attempt that certainly did not happen. */
  void refused(Wish wish, String why) {
    record(wish, "refused", why, null, null);
  }

  /** The provider was not called. */
  void released(Wish wish) {
    record(wish, "released", null, null, null);
  }

  private void record(
      Wish wish,
      String outcome,
      @Nullable String said,
      @Nullable String refundId,
      @Nullable String refundStatus) {
    Routines.recordRefundAnswer(
        database.configuration(),
        wish.requestId(),
        wish.attempt(),
        outcome,
        said,
        refundId,
        refundStatus);
  }

  /** Records how far the refund has come that the provider accepted. */
  void stands(Request request, Made refund) {
    Routines.recordRefundStatus(
        database.configuration(),
        request.id(),
        refund.refundId(),
        switch (refund.state()) {
          case PENDING -> "pending";
          case ARRIVED -> "succeeded";
          case FAILED -> "failed";
        },
        refund.why());
  }

  /** Whether it is cancelled now; it is not while the provider may still be making the refund. */
  boolean cancel(UUID id) {
    return Boolean.TRUE.equals(Routines.cancelRefund(database.configuration(), id));
  }

  /** The run has begun: its row needs no drainer any more. */
  void done(UUID id) {
    database
        .update(INTAKE)
        .set(INTAKE.DONE_AT, DSL.currentInstant())
        .where(
            INTAKE.BUSINESS_ID.eq(id), INTAKE.KIND.eq(RefundWorkflow.NAME), INTAKE.DONE_AT.isNull())
        .execute();
  }

  /**
   * A request with its payment, as the provider knows it.
   *
   * @param refundId the provider's; null until it has accepted the refund
   * @param hasArrived whether the accepted refund has succeeded
   * @param lastAttempt null where the provider has never been asked
   */
  record Request(
      UUID id,
      String provider,
      String paymentId,
      long amountMinor,
      RefundStatus status,
      @Nullable String refundId,
      boolean hasArrived,
      @Nullable Integer lastAttempt) {

    /** Whether the provider has accepted the refund, and it has not arrived as far as we know. */
    boolean isUnderWay() {
      return status == RefundStatus.ACCEPTED && !hasArrived;
    }

    Wish wish(int attempt) {
      return new Wish(id, attempt, paymentId, amountMinor);
    }
  }

  /**
   * An attempt.
   *
   * @param inDoubt whether the provider may have heard of it before
   */
  record Claimed(Wish wish, boolean inDoubt) {}
}
