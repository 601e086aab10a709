package dev.mainstay.api.notification;

import static dev.mainstay.db.generated.Tables.ALLOCATION;
import static dev.mainstay.db.generated.Tables.BOOKING;
import static dev.mainstay.db.generated.Tables.COURSE_SESSION;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.MESSAGE;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.springframework.stereotype.Component;

/** Reads messages. */
@Component
public class MessageQueries {

  private final DSLContext database;

  MessageQueries(DSLContext database) {
    this.database = database;
  }

  Page<Message> list(MessageQuery query, PageQuery page, ApiClient client) {
    Condition condition = visibleTo(client).and(MESSAGE.ID.gt(page.above()));
    if (query.booking() != null) {
      condition = condition.and(MESSAGE.SUBJECT_ID.eq(query.booking()));
    }
    if (query.purchase() != null) {
      condition = condition.and(ofPurchase(val(query.purchase())));
    }
    if (query.recipient() != null) {
      condition = condition.and(MESSAGE.RECIPIENT_ID.eq(query.recipient()));
    }
    return Page.of(
        database
            .selectFrom(MESSAGE)
            .where(condition)
            .orderBy(MESSAGE.ID)
            .limit(page.withOneMore())
            .fetch(Message::of),
        page,
        Message::id);
  }

  /** The messages about a purchase and its sessions, in the order in which they were planned. */
  public static Field<List<Message>> messagesOf(Field<UUID> purchase) {
    return multiset(selectFrom(MESSAGE).where(ofPurchase(purchase)).orderBy(MESSAGE.ID))
        .convertFrom(rows -> rows.map(Message::of));
  }

  private static Condition ofPurchase(Field<UUID> purchase) {
    return MESSAGE.SUBJECT_ID.eq(purchase).or(MESSAGE.SUBJECT_ID.in(sessionsOf(purchase)));
  }

  private static Select<Record1<UUID>> sessionsOf(Field<UUID> purchase) {
    return select(COURSE_SESSION.ID)
        .from(COURSE_SESSION)
        .join(ALLOCATION)
        .on(ALLOCATION.ID.eq(COURSE_SESSION.ALLOCATION_ID))
        .where(ALLOCATION.PURCHASE_ID.eq(purchase));
  }

  /**
   * A starter sees the messages about its own rows and about those of webhooks, other roles see
   * all.
   */
  private static Condition visibleTo(ApiClient client) {
    if (client.readsAll()) {
      return noCondition();
    }
    Condition brought = INTAKE.CLIENT.isNull().or(INTAKE.CLIENT.eq(client.owner()));
    return exists(
            selectOne()
                .from(BOOKING)
                .where(BOOKING.ID.eq(MESSAGE.SUBJECT_ID), BOOKING.CLIENT.eq(client.owner())))
        .or(
            exists(
                selectOne().from(INTAKE).where(INTAKE.BUSINESS_ID.eq(MESSAGE.SUBJECT_ID), brought)))
        .or(
            exists(
                selectOne()
                    .from(COURSE_SESSION)
                    .join(ALLOCATION)
                    .on(ALLOCATION.ID.eq(COURSE_SESSION.ALLOCATION_ID))
                    .join(INTAKE)
                    .on(INTAKE.BUSINESS_ID.eq(ALLOCATION.PURCHASE_ID))
                    .where(COURSE_SESSION.ID.eq(MESSAGE.SUBJECT_ID), brought)));
  }
}
