package dev.mainstay.api.refund;

import static dev.mainstay.db.generated.Tables.PAYMENT;
import static dev.mainstay.db.generated.Tables.PURCHASE_REQUEST;
import static dev.mainstay.db.generated.Tables.REFUND_REQUEST;

import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.workflows.refund.RefundWorkflow;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Reads the requested refunds, for callers that may see their purchase. */
@Component
class RefundQueries {

  private final DSLContext database;

  RefundQueries(DSLContext database) {
    this.database = database;
  }

  Optional<RefundResponse> find(UUID purchaseId, UUID id, ApiClient client) {
    return read(purchaseId, REFUND_REQUEST.ID.eq(id), 1, client).stream().findFirst();
  }

  Page<RefundResponse> list(UUID purchaseId, PageQuery page, ApiClient client) {
    return Page.of(
        read(purchaseId, REFUND_REQUEST.ID.gt(page.above()), page.withOneMore(), client),
        page,
        RefundResponse::id);
  }

  private List<RefundResponse> read(
      UUID purchaseId, Condition condition, int limit, ApiClient client) {
    return database
        .select(
            REFUND_REQUEST.ID,
            REFUND_REQUEST.PURCHASE_ID,
            PAYMENT.PROVIDER,
            PAYMENT.PROVIDER_PAYMENT_ID,
            REFUND_REQUEST.AMOUNT_MINOR,
            REFUND_REQUEST.CURRENCY,
            REFUND_REQUEST.REQUESTED_BY,
            REFUND_REQUEST.REASON,
            REFUND_REQUEST.STATUS,
            REFUND_REQUEST.PROVIDER_REFUND_ID,
            REFUND_REQUEST.REQUESTED_AT)
        .from(REFUND_REQUEST)
        .join(PAYMENT)
        .on(PAYMENT.ID.eq(REFUND_REQUEST.PAYMENT_ID))
        .join(PURCHASE_REQUEST)
        .on(PURCHASE_REQUEST.PURCHASE_ID.eq(REFUND_REQUEST.PURCHASE_ID))
        .where(
            REFUND_REQUEST.PURCHASE_ID.eq(purchaseId),
            condition,
            client.seesBesideWebhooks(PURCHASE_REQUEST.CLIENT))
        .orderBy(REFUND_REQUEST.ID)
        .limit(limit)
        .fetch(row ->
            new RefundResponse(
                row.value1(),
                row.value2(),
                RefundWorkflow.id(row.value3(), row.value4(), row.value1()),
                row.value5(),
                row.value6(),
                row.value7(),
                row.value8(),
                row.value9(),
                row.value10(),
                row.value11()));
  }
}
