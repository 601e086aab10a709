package dev.mainstay.activities.refund;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PAYMENT;
import static dev.mainstay.db.generated.Tables.REFUND_REQUEST;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.refund.RefundWorkflow;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The refunds that operators requested, in the steps' transactions. */
public final class RefundRequests {

  private static final String PENDING = "pending";

  private final DSLContext database;

  public RefundRequests(DSLContext database) {
    this.database = database;
  }

  /** The request, which from now on the provider may have heard of. */
  Request ask(UUID id) {
    boolean first =
        database
                .update(REFUND_REQUEST)
                .set(REFUND_REQUEST.ASKED_AT, DSL.currentInstant())
                .where(REFUND_REQUEST.ID.eq(id), REFUND_REQUEST.ASKED_AT.isNull())
                .execute()
            == 1;
    return database
        .select(
            PAYMENT.PROVIDER,
            PAYMENT.PROVIDER_PAYMENT_ID,
            REFUND_REQUEST.AMOUNT_MINOR,
            REFUND_REQUEST.CURRENCY,
            REFUND_REQUEST.STATUS)
        .from(REFUND_REQUEST)
        .join(PAYMENT)
        .on(PAYMENT.ID.eq(REFUND_REQUEST.PAYMENT_ID))
        .where(REFUND_REQUEST.ID.eq(id))
        .fetchSingle(row ->
            new Request(
                id,
                row.value1(),
                row.value2(),
                row.value3(),
                row.value4(),
                row.value5().equals(PENDING),
                !first));
  }

  /**
   * Records that the provider has agreed. If the money has arrived, that is a fact, which the run
   * of the request books itself.
   */
  void accepted(Request request, String refundId, boolean arrived) {
    database
        .update(REFUND_REQUEST)
        .set(REFUND_REQUEST.STATUS, "accepted")
        .set(REFUND_REQUEST.PROVIDER_REFUND_ID, refundId)
        .where(REFUND_REQUEST.ID.eq(request.id()), REFUND_REQUEST.STATUS.eq(PENDING))
        .execute();
    if (arrived) {
      Routines.insertRefundFact(
          database.configuration(),
          request.provider(),
          request.paymentId(),
          "refund",
          refundId,
          request.amountMinor(),
          request.currency());
    }
  }

  void cancel(UUID id) {
    database
        .update(REFUND_REQUEST)
        .set(REFUND_REQUEST.STATUS, "cancelled")
        .where(REFUND_REQUEST.ID.eq(id), REFUND_REQUEST.STATUS.eq(PENDING))
        .execute();
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
   * @param asked whether the provider may have heard of it before
   */
  record Request(
      UUID id,
      String provider,
      String paymentId,
      long amountMinor,
      String currency,
      boolean isPending,
      boolean asked) {}
}
