package dev.mainstay.activities.refund;

import static dev.mainstay.db.generated.Tables.INTAKE;

import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.workflows.refund.RefundSteps.Booked;
import dev.mainstay.workflows.refund.RefundSteps.Refund;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Refunds of test payments, reported as a provider reports them and booked as a run does. */
final class TestRefunds implements AutoCloseable {

  /** The amount of every test payment, in minor units of USD. */
  static final long PAID = TestCourse.PRICE_MINOR;

  final TestPurchases purchases = new TestPurchases();
  final TestDatabase database = purchases.database();

  /** The payments whose purchases were woken. */
  final List<String> woken = new CopyOnWriteArrayList<>();

  final RefundRequests requests = new RefundRequests(database.dsl());
  final RefundStepsImpl steps =
      new RefundStepsImpl(
          database.dsl(),
          database.transaction(),
          requests,
          purchases.clock,
          (_, paymentId) -> woken.add(paymentId));

  @Override
  public void close() {
    purchases.close();
  }

  /** A fact about the payment of a purchase. */
  record Fact(String kind, String id, long amountMinor, String status) {

    Fact(String kind, String id, long amountMinor) {
      this(kind, id, amountMinor, "succeeded");
    }
  }

  static Fact total(long amountMinor) {
    return new Fact("total", "ch_1", amountMinor);
  }

  static Fact refund(String id, long amountMinor) {
    return new Fact("refund", id, amountMinor);
  }

  static Fact pending(String id, long amountMinor) {
    return new Fact("refund", id, amountMinor, "pending");
  }

  static Fact failed(String id, long amountMinor) {
    return new Fact("refund", id, amountMinor, "failed");
  }

  static Fact disputeLost(String id, long amountMinor) {
    return new Fact("dispute", id, amountMinor);
  }

  /** Returns whether a run was started. */
  boolean tell(UUID purchase, Fact fact) {
    return Boolean.TRUE.equals(
        database
            .transaction()
            .execute(_ ->
                Routines.recordRefundFact(
                    database.dsl().configuration(),
                    "stripe",
                    TestRequest.paymentId(purchase),
                    fact.kind(),
                    fact.id(),
                    fact.amountMinor(),
                    "USD",
                    fact.status(),
                    null,
                    "declined",
                    "correlation")));
  }

  /** Does the work of the runs that were started for a purchase's payment. */
  void bookWhatWaits(UUID purchase) {
    database
        .dsl()
        .select(INTAKE.BUSINESS_ID)
        .from(INTAKE)
        .where(
            INTAKE.SOURCE.eq("refund"),
            INTAKE.KEY.startsWith("stripe/" + TestRequest.paymentId(purchase) + "/"),
            INTAKE.DONE_AT.isNull())
        .orderBy(INTAKE.ID)
        .fetch(INTAKE.BUSINESS_ID)
        .forEach(id -> book(id, purchase));
  }

  Booked book(UUID id, UUID purchase) {
    return steps.book(new Refund(id, "stripe", TestRequest.paymentId(purchase)));
  }

  /** An operator wants so much back, all that is left where null; the request's id, if there is. */
  @Nullable UUID want(UUID purchase, @Nullable Long amountMinor) {
    return database
        .transaction()
        .execute(_ ->
            Routines.requestRefund(
                database.dsl().configuration(), purchase, amountMinor, "ana", "asked", null, "c"));
  }

  /** The attention item of a refund that failed, as {@code open 10000 USD retry,cancel: …}. */
  String itemOf(UUID purchase, String refundId) {
    return database
        .dsl()
        .fetchSingle(
            """
            select concat_ws(' ', a.status, a.amount_minor, a.currency, array_to_string(a.actions, ',') || ':', a.error)
            from attention a
            where a.process = 'refund' and a.step = 'failed' and a.subject_id = ? and a.business_key = ?
            """,
            purchase,
            itemKey(purchase, refundId))
        .into(String.class);
  }

  static String itemKey(UUID purchase, String refundId) {
    return "refund/stripe/" + TestRequest.paymentId(purchase) + "/" + refundId;
  }

  /** An operator retries the item of a refund that failed; the request's id, if there is one. */
  @Nullable UUID wantAgain(UUID purchase, String refundId) {
    return database
        .transaction()
        .execute(_ ->
            Routines.requestRefundAgain(
                database.dsl().configuration(),
                purchase,
                itemKey(purchase, refundId),
                "ana",
                "once more",
                null,
                "c"));
  }

  /** What {@link #facts} says of a purchase that was carried to its end, when so much went back. */
  static String afterRefunds(long refundedMinor) {
    boolean ended = refundedMinor == PAID;
    return "paid %1$s, charged %1$s, refunded %2$s by transactions, %2$s by the payment, %2$s by credit notes; "
            .formatted(PAID, refundedMinor)
        + (ended
            ? "purchase refunded with 1 invoice, 0 allocations held, 0 sessions to come; "
            : "purchase active with 1 invoice, 1 allocations held, 7 sessions to come; ")
        + "0 open items; purchase.created"
        + (ended ? " purchase.refunded" : "");
  }

  /** A purchase and its payment as the tables have them, in words. */
  String facts(UUID purchase) {
    return database
        .dsl()
        .fetchSingle(
            """
            select format(
              'paid %s, charged %s, refunded %s by transactions, %s by the payment, %s by credit notes; purchase %s with %s '
                'invoice, %s allocations held, %s sessions to come; %s open items; %s',
              p.amount_minor,
              (select sum(t.amount_minor) from transaction t where t.payment_id = p.id and t.kind = 'charge'),
              (select coalesce(sum(t.amount_minor), 0) from transaction t where t.payment_id = p.id and t.kind = 'refund'),
              p.refunded_minor,
              (select coalesce(sum(c.amount_minor), 0) from credit_note c join invoice v on v.id = c.invoice_id where v.purchase_id = u.id),
              coalesce(u.status, 'never made'),
              (select count(*) from invoice v where v.purchase_id = u.id),
              (select count(*) from allocation a where a.purchase_id = u.id and a.status <> 'ended'),
              (select count(*) from course_session c join allocation a on a.id = c.allocation_id where a.purchase_id = u.id and c.status = 'scheduled'),
              (select count(*) from attention o where o.subject_id = i.business_id and o.status = 'open'),
              (select string_agg(e.type, ' ' order by e.type) from event e where e.subject_id = i.business_id
                and e.type in ('purchase.created', 'purchase.refunded', 'purchase.cancelled')))
            from intake i
            join payment p on p.provider = i.source and p.provider_payment_id = i.key
            left join purchase u on u.id = i.business_id
            where i.business_id = ? and i.kind = 'purchase'
            """,
            purchase)
        .into(String.class);
  }
}
