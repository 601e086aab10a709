package dev.mainstay.api.purchase;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.EVENT;
import static dev.mainstay.db.generated.Tables.PURCHASE;
import static dev.mainstay.db.generated.Tables.PURCHASE_REQUEST;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.when;

import dev.mainstay.db.purchase.PurchaseStatus;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;

/** The facts in the tables about an accepted purchase, even before its own row exists. */
final class PurchaseFacts {

  static final String CANCELLED_EVENT = "purchase.cancelled";
  static final String REFUNDED_EVENT = "purchase.refunded";

  private PurchaseFacts() {}

  /** The status of {@code purchase_request} left-joined with {@code purchase}. */
  static Field<String> status() {
    Field<UUID> id = PURCHASE_REQUEST.PURCHASE_ID;
    return coalesce(
        PURCHASE.STATUS,
        when(happened(CANCELLED_EVENT, id), inline(PurchaseStatus.CANCELLED.text()))
            .when(happened(REFUNDED_EVENT, id), inline(PurchaseStatus.REFUNDED.text()))
            .when(
                exists(selectOne().from(ATTENTION).where(openItem(id))),
                inline(PurchaseStatus.ATTENTION.text()))
            .otherwise(inline(PurchaseStatus.PENDING.text())));
  }

  private static Condition happened(String event, Field<UUID> subject) {
    return exists(
        selectOne().from(EVENT).where(EVENT.TYPE.eq(event), EVENT.SUBJECT_ID.eq(subject)));
  }

  /** An attention item about the subject that no operator has dealt with. */
  static Condition openItem(Field<UUID> subject) {
    return ATTENTION.SUBJECT_ID.eq(subject).and(ATTENTION.STATUS.eq("open"));
  }
}
