package dev.mainstay.api.purchase;

import static dev.mainstay.db.generated.Tables.ALLOCATION;
import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.COURSE_SESSION;
import static dev.mainstay.db.generated.Tables.EVENT;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PAYMENT;
import static dev.mainstay.db.generated.Tables.PURCHASE;
import static dev.mainstay.db.generated.Tables.PURCHASE_REQUEST;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.selectOne;

import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.attention.AttentionItemResponse;
import dev.mainstay.api.notification.Message;
import dev.mainstay.api.notification.MessageQueries;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.purchase.Purchase.Allocation;
import dev.mainstay.api.purchase.Purchase.CourseSession;
import dev.mainstay.api.purchase.Purchase.Payment;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.springframework.stereotype.Component;

/** Reads purchases with all that hangs on them, each page in one statement. */
@Component
class PurchaseQueries {

  private static final Field<UUID> ID = PURCHASE_REQUEST.PURCHASE_ID;

  private final DSLContext database;
  private final InstantSource clock;

  PurchaseQueries(DSLContext database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  Optional<Purchase> find(UUID id, ApiClient client) {
    return read(ID.eq(id).and(client.seesBesideWebhooks(PURCHASE_REQUEST.CLIENT)), 1).stream()
        .findFirst();
  }

  Page<Purchase> list(PurchaseQuery query, PageQuery page, ApiClient client) {
    Condition condition =
        client.seesBesideWebhooks(PURCHASE_REQUEST.CLIENT).and(ID.gt(page.above()));
    if (query.student() != null) {
      condition = condition.and(PURCHASE_REQUEST.STUDENT_ID.eq(query.student()));
    }
    if (query.payment() != null) {
      condition = condition.and(PURCHASE_REQUEST.PROVIDER_PAYMENT_ID.eq(query.payment()));
    }
    if (query.status() != null) {
      condition = condition.and(PurchaseFacts.status().eq(query.status().name()));
      if (query.student() == null && query.payment() == null) {
        condition = condition.and(ID.in(candidates(query.status(), page)));
      }
    }
    return Page.of(read(condition, page.withOneMore()), page, Purchase::id);
  }

  /**
   * The purchases that an index finds and that may be in the status, with and without a row of
   * their own.
   */
  private static Select<Record1<UUID>> candidates(PurchaseQuery.Status status, PageQuery page) {
    Select<Record1<UUID>> rows =
        select(PURCHASE.ID)
            .from(PURCHASE)
            .where(PURCHASE.STATUS.eq(status.name()), PURCHASE.ID.gt(page.above()));
    return switch (status) {
      case pending ->
          rows.unionAll(
              select(INTAKE.BUSINESS_ID)
                  .from(INTAKE)
                  .where(
                      INTAKE.KIND.eq(PurchaseBatchWorkflow.KIND),
                      INTAKE.DONE_AT.isNull(),
                      INTAKE.BUSINESS_ID.gt(page.above())));
      case attention ->
          rows.unionAll(
              select(ATTENTION.SUBJECT_ID)
                  .from(ATTENTION)
                  .where(
                      ATTENTION.PROCESS.eq("purchase"),
                      ATTENTION.STATUS.eq("open"),
                      ATTENTION.SUBJECT_ID.gt(page.above())));
      case cancelled -> rows.unionAll(endedBeforeTheirRow(PurchaseFacts.CANCELLED_EVENT, page));
      case refunded -> rows.unionAll(endedBeforeTheirRow(PurchaseFacts.REFUNDED_EVENT, page));
      case active, completed -> rows;
    };
  }

  private static Select<Record1<UUID>> endedBeforeTheirRow(String event, PageQuery page) {
    return select(EVENT.SUBJECT_ID)
        .from(EVENT)
        .where(
            EVENT.TYPE.eq(event),
            EVENT.SUBJECT_ID.gt(page.above()),
            notExists(selectOne().from(PURCHASE).where(PURCHASE.ID.eq(EVENT.SUBJECT_ID))));
  }

  private List<Purchase> read(Condition condition, int limit) {
    Instant now = clock.instant();
    Field<Boolean> alone =
        field(
            exists(
                selectOne()
                    .from(INTAKE)
                    .where(INTAKE.BUSINESS_ID.eq(ID), INTAKE.KIND.eq(PurchaseWorkflow.KIND))));
    Field<List<Allocation>> allocations =
        multiset(
                select(ALLOCATION.TRAINER_ID, ALLOCATION.STATUS)
                    .from(ALLOCATION)
                    .where(ALLOCATION.PURCHASE_ID.eq(ID))
                    .orderBy(ALLOCATION.ID.desc())
                    .limit(1))
            .convertFrom(rows -> rows.map(mapping(Allocation::new)));
    Field<List<CourseSession>> sessions =
        multiset(
                select(
                        COURSE_SESSION.ID,
                        COURSE_SESSION.ORDINAL.coerce(Integer.class),
                        COURSE_SESSION.SCHEDULED_DATE,
                        COURSE_SESSION.SCHEDULED_TIME,
                        COURSE_SESSION.ZONE,
                        COURSE_SESSION.STARTS_AT,
                        COURSE_SESSION.STATUS)
                    .from(COURSE_SESSION)
                    .join(ALLOCATION)
                    .on(ALLOCATION.ID.eq(COURSE_SESSION.ALLOCATION_ID))
                    .where(ALLOCATION.PURCHASE_ID.eq(ID))
                    .orderBy(COURSE_SESSION.STARTS_AT, COURSE_SESSION.ID))
            .convertFrom(rows -> rows.map(mapping(CourseSession::new)));
    Field<List<AttentionItemResponse>> attention =
        multiset(selectFrom(ATTENTION).where(PurchaseFacts.openItem(ID)).orderBy(ATTENTION.ID))
            .convertFrom(rows -> rows.map(row -> AttentionItemResponse.of(row, now)));
    Field<List<Message>> messages = MessageQueries.messagesOf(ID);
    Field<String> status = PurchaseFacts.status().as("status");
    return database
        .select(
            ID,
            status,
            PURCHASE_REQUEST.PROVIDER,
            PURCHASE_REQUEST.PROVIDER_PAYMENT_ID,
            PURCHASE_REQUEST.CLAIM_ID,
            alone,
            PURCHASE_REQUEST.STUDENT_ID,
            PURCHASE_REQUEST.COURSE_ID,
            PURCHASE_REQUEST.AMOUNT_MINOR,
            PURCHASE_REQUEST.CURRENCY,
            allocations,
            sessions,
            attention,
            coalesce(PAYMENT.REFUNDED_MINOR, 0L),
            messages)
        .from(PURCHASE_REQUEST)
        .leftJoin(PURCHASE)
        .on(PURCHASE.ID.eq(ID))
        .leftJoin(PAYMENT)
        .on(
            PAYMENT.PROVIDER.eq(PURCHASE_REQUEST.PROVIDER),
            PAYMENT.PROVIDER_PAYMENT_ID.eq(PURCHASE_REQUEST.PROVIDER_PAYMENT_ID))
        .where(condition)
        .orderBy(ID)
        .limit(limit)
        .fetch(row -> {
          String provider = row.value3();
          String payment = row.value4();
          UUID claim = row.value5();
          return new Purchase(
              row.value1(),
              row.value2(),
              claim == null || row.value6()
                  ? PurchaseWorkflow.id(provider, payment)
                  : PurchaseBatchWorkflow.id(claim),
              row.value7(),
              row.value8(),
              new Payment(provider, payment, row.value9(), row.value10(), row.value14()),
              row.value11().stream().findFirst().orElse(null),
              row.value12(),
              row.value15(),
              row.value13());
        });
  }
}
