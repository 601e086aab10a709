package dev.mainstay.activities.task;

import static dev.mainstay.activities.purchase.TestPurchases.alone;
import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.BOOKING;
import static dev.mainstay.db.generated.Tables.CONSENT;
import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.ERASE_CUSTOMER;
import static dev.mainstay.db.generated.Tables.ERASURE;
import static dev.mainstay.db.generated.Tables.IDEMPOTENCY_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.task.PersonalData.Fate;
import dev.mainstay.activities.task.PersonalData.Part;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.task.TaskType;
import dev.mainstay.workflows.task.TaskWorkflow.Result;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An erased person's rows hold nothing that identifies the person. */
class ErasureTest {

  /** Planted wherever something of a person can stand. */
  private static final String NAME = "Zebedee Quarkwinkle";

  private static final List<String> PLANTED =
      List.of(
          "Zebedee", "Quarkwinkle", "zq@planted.example", "+4915155501234", "tokenOfZebedeesPhone");

  private final TestTasks tasks = new TestTasks();
  private final TestDatabase database = tasks.database;

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    tasks.close();
  }

  @Test
  void nothingPlantedIsLeftInAnyTable() {
    UUID zebedee = livedAmongUs();
    assertThat(database.contents().toString()).contains(PLANTED);

    assertThat(erase(zebedee)).isEmpty();

    assertThat(database.contents().toString()).doesNotContain(PLANTED);
    assertThat(database.contents().get("download_part")).isEmpty();
    for (Part part : PersonalData.PARTS) {
      int left =
          database
              .dsl()
              .fetchCount(
                  DSL.table(
                      "(select 1 from %s where %s) r".formatted(part.table(), part.condition()),
                      DSL.val(zebedee)));
      if (part.fate() == Fate.DELETED) {
        assertThat(left).as(part.table()).isZero();
      } else {
        assertThat(left).as(part.table()).isPositive();
      }
    }
  }

  @Test
  void theCertificateCountsWhatWasErasedAndIsTheSameAgain() {
    UUID zebedee = livedAmongUs();
    erase(zebedee);
    Map<String, List<String>> after = database.contents();

    assertThat(erase(zebedee)).isEmpty();

    assertThat(database.contents()).isEqualTo(after);
    var certificate = database.dsl().selectFrom(ERASURE).fetchSingle();
    assertThat(certificate.getCustomerId()).isEqualTo(zebedee);
    assertThat(certificate.getBy()).isEqualTo("ana");
    assertThat(certificate.getAt()).isEqualTo(tasks.purchases.clock.instant());
    assertThat(certificate.getCounts())
        .isEqualTo(
            JSONB.valueOf(
                """
                {"customer": 1, "push_token": 1, "consent": 1, "booking": 1, "message": 3, "link_token": 2, "download": 1, "task": 1, "refund_request": 1, \
                "attention": 1, "idempotency_key": 1, "event": 2}\
                """));
  }

  @Test
  void moneyStaysAsItWas() {
    UUID zebedee = livedAmongUs();
    List<String> money = List.of("payment", "transaction", "invoice", "credit_note", "purchase");
    Map<String, List<String>> before = database.contents();

    erase(zebedee);

    Map<String, List<String>> after = database.contents();
    assertThat(money)
        .allSatisfy(
            table -> assertThat(after.get(table)).isEqualTo(before.get(table)).isNotEmpty());
  }

  @Test
  void nobodyElseIsTouched() {
    UUID course = tasks.purchases.course();
    TestTrainer.teaching(course).in(database);
    UUID other = tasks.purchases.active(course);
    UUID task = tasks.task(TaskType.USER_REPORT, tasks.customer("Ann Lee", "ann@example.com"));
    tasks.files.make(task);
    UUID zebedee = tasks.customer(NAME, "zq@planted.example");

    erase(zebedee);

    assertThat(tasks.purchases.status(other)).isEqualTo("active");
    assertThat(tasks.mail.send(task)).isEqualTo(Result.COMPLETED);
    assertThat(tasks.file(task)).isNotEmpty();
    assertThat(database.dsl().fetchCount(CUSTOMER, CUSTOMER.ERASED_AT.isNotNull())).isEqualTo(1);
  }

  @Test
  void whatStillNeedsThePersonIsNamedAndNothingIsErased() {
    UUID course = tasks.purchases.course();
    TestTrainer.teaching(course).in(database);
    UUID zebedee = tasks.customer(NAME, "zq@planted.example");
    UUID waiting = TestRequest.of(zebedee, course).in(database);
    Map<String, List<String>> before = database.contents();

    assertThat(erase(zebedee)).containsExactly("purchase " + waiting);
    assertThat(database.contents()).isEqualTo(before);
    tasks.purchases.carry(List.of(waiting));
    assertThat(erase(zebedee)).containsExactly("purchase " + waiting);
    UUID booking = book(zebedee, "open");
    assertThat(erase(zebedee)).containsExactly("booking " + booking, "purchase " + waiting);
    open(waiting);
    assertThat(erase(zebedee)).hasSize(3).anyMatch(what -> what.startsWith("attention "));
  }

  @Test
  void aTaskThatHasNotEndedIsCancelledAndSendsNothing() {
    UUID zebedee = tasks.customer(NAME, "zq@planted.example");
    UUID task = tasks.task(TaskType.USER_REPORT, zebedee);
    tasks.reached = false;
    assertThatThrownBy(() -> tasks.mail.send(task)).isNotNull();
    tasks.reached = true;

    erase(zebedee);

    assertThat(tasks.steps.begin(task)).isFalse();
    assertThat(tasks.files.make(task)).isFalse();
    assertThat(tasks.mail.send(task)).isEqualTo(Result.CANCELLED);
    assertThat(tasks.status(task)).isEqualTo("cancelled erased");
    assertThat(tasks.messages(task)).containsExactly("your-report suppressed");
    assertThat(tasks.mails).isEmpty();
  }

  @Test
  void aFileThatIsBeingMadeIsWaitedForAndErased() throws InterruptedException {
    UUID zebedee = tasks.customer(NAME, "zq@planted.example");
    UUID task = tasks.task(TaskType.USER_REPORT, zebedee);
    CountDownLatch made = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var _ =
          threads.submit(() ->
              database
                  .transaction()
                  .executeWithoutResult(_ -> {
                    tasks.files.make(task);
                    made.countDown();
                    await(commit);
                  }));
      await(made);
      var erasing = threads.submit(() -> erase(zebedee));
      while (waitingForALock() == 0) {
        Thread.onSpinWait();
      }
      assertThat(erasing.isDone()).isFalse();
      commit.countDown();
    }

    assertThat(database.contents().get("download")).isEmpty();
    assertThat(tasks.status(task)).isEqualTo("cancelled erased");
  }

  @Test
  void whoIsErasedCanNeverBeGivenANameAgain() {
    UUID zebedee = tasks.customer(NAME, "zq@planted.example");
    erase(zebedee);

    assertThatThrownBy(() ->
            database
                .dsl()
                .update(CUSTOMER)
                .set(CUSTOMER.NAME, NAME)
                .where(CUSTOMER.ID.eq(zebedee))
                .execute())
        .hasMessageContaining("customer_erased");
    assertThat(Routines.lockCustomer(database.dsl().configuration(), zebedee)).isFalse();
  }

  @Test
  void aStrangerCannotBeErased() {
    assertThat(erase(UUID.randomUUID())).isEmpty();
    assertThat(database.dsl().fetchCount(ERASURE)).isZero();
  }

  /**
   * Somebody who bought, was refunded, was written to and had an item in attention; all is over.
   */
  private UUID livedAmongUs() {
    UUID course = tasks.purchases.course();
    TestTrainer.teaching(course).in(database);
    UUID zebedee = tasks.customer(NAME, "zq@planted.example");
    database
        .dsl()
        .update(CUSTOMER)
        .set(CUSTOMER.PHONE, "+4915155501234")
        .where(CUSTOMER.ID.eq(zebedee))
        .execute();
    Routines.setPushTokens(
        database.dsl().configuration(), zebedee, null, new String[] {"tokenOfZebedeesPhone"});
    database
        .dsl()
        .insertInto(CONSENT)
        .set(CONSENT.CUSTOMER_ID, zebedee)
        .set(CONSENT.CHANNEL, "sms")
        .set(CONSENT.PURPOSE, "reminder")
        .set(CONSENT.GRANTED, true)
        .execute();

    UUID purchase = TestRequest.of(zebedee, course).preferring("10:00").in(database);
    assertThat(tasks.purchases.carry(List.of(purchase))).isEmpty();
    database
        .dsl()
        .execute(
            "insert into payment_announcement (provider, provider_payment_id, announced_at, student_id, course_id) values ('stripe', ?, now(), ?, ?)",
            TestRequest.paymentId(purchase),
            zebedee,
            course);
    UUID session =
        Objects.requireNonNull(
            database
                .dsl()
                .fetchSingle("select id from course_session where ordinal = 1")
                .into(UUID.class));
    database
        .transaction()
        .executeWithoutResult(_ -> {
          Routines.cancelSession(
              database.dsl().configuration(), session, NAME + " is ill", "correlation");
          Routines.requestRefund(
              database.dsl().configuration(), purchase, 100L, "ana", NAME + " asked", null, "c");
        });
    database
        .dsl()
        .execute("update refund_request set status = 'accepted', provider_refund_id = 're_1'");
    database
        .dsl()
        .execute(
            "select record_refund_fact('stripe', ?, 'refund', 're_1', 100, 'USD', 'succeeded', null, '', 'c')",
            TestRequest.paymentId(purchase));
    database
        .dsl()
        .execute(
            "select apply_refund('stripe', ?, cast(? as timestamptz))",
            TestRequest.paymentId(purchase),
            tasks.purchases.clock.instant());
    UUID item = open(purchase);
    tasks.purchases.attention.resolve(
        new Resolution(
            "purchase/x",
            "notify",
            OperatorAction.RETRY,
            new OperatorNote("ana", "the address was mended"),
            item,
            purchase,
            "correlation"));
    tasks.purchases.steps.cancel(alone(List.of(purchase)));

    book(zebedee, "cancelled");

    for (TaskType type :
        List.of(TaskType.WELCOME_EMAIL, TaskType.PASSWORD_RESET_EMAIL, TaskType.USER_DATA_EXPORT)) {
      UUID task = tasks.task(type, zebedee);
      if (type.makesFile()) {
        tasks.files.make(task);
      }
      assertThat(tasks.mail.send(task)).isEqualTo(Result.COMPLETED);
    }
    UUID pending = tasks.task(TaskType.USER_REPORT, zebedee);
    database
        .dsl()
        .insertInto(IDEMPOTENCY_KEY)
        .set(IDEMPOTENCY_KEY.CLIENT, "market")
        .set(IDEMPOTENCY_KEY.KEY, "1")
        .set(IDEMPOTENCY_KEY.REQUEST, new byte[32])
        .set(
            IDEMPOTENCY_KEY.ANSWER,
            JSONB.valueOf("{\"id\":\"%s\",\"of\":\"%s\"}".formatted(pending, NAME)))
        .execute();
    return zebedee;
  }

  /** A booking of theirs, cancelled where that is the status. */
  private UUID book(UUID customer, String status) {
    UUID vendor = TestTrainer.teaching().in(database);
    UUID booking = database.newId();
    database
        .dsl()
        .insertInto(BOOKING)
        .set(BOOKING.ID, booking)
        .set(BOOKING.CUSTOMER_ID, customer)
        .set(BOOKING.VENDOR_ID, vendor)
        .set(BOOKING.SERVICE, "Dog walking")
        .set(BOOKING.SUBJECT, NAME + "'s dog")
        .set(BOOKING.PLACE, "at " + NAME + "'s")
        .set(BOOKING.STARTS_AT, tasks.purchases.clock.instant())
        .set(BOOKING.ZONE, "UTC")
        .set(BOOKING.PRICE_MINOR, 4_000L)
        .set(BOOKING.CURRENCY, "USD")
        .set(BOOKING.CLIENT, "market")
        .set(BOOKING.CORRELATION_ID, "correlation")
        .execute();
    if (status.equals("cancelled")) {
      database
          .transaction()
          .executeWithoutResult(_ ->
              Routines.cancelBooking(
                  database.dsl().configuration(),
                  booking,
                  NAME + " has moved",
                  tasks.purchases.clock.instant(),
                  "correlation"));
    }
    return booking;
  }

  private UUID open(UUID purchase) {
    UUID item = database.newId();
    tasks.purchases.attention.open(
        new AttentionItem(
            "notification",
            "purchase/x",
            purchase,
            "notify",
            "step-failed",
            "550 no such mailbox zq@planted.example",
            "notify/x",
            "sends again",
            List.of(OperatorAction.RETRY),
            null,
            null,
            "correlation"),
        item);
    assertThat(database.dsl().fetchExists(ATTENTION, ATTENTION.ID.eq(item))).isTrue();
    return item;
  }

  /**
   * Erases the customer; returns the open processes that prevent it, each as {@code purchase …}.
   */
  private List<String> erase(UUID customer) {
    return Objects.requireNonNull(
        database
            .transaction()
            .execute(_ ->
                database
                    .dsl()
                    .selectFrom(
                        ERASE_CUSTOMER.call(
                            customer, "ana", tasks.purchases.clock.instant(), "correlation"))
                    .fetch(
                        row -> row.get(ERASE_CUSTOMER.KIND) + " " + row.get(ERASE_CUSTOMER.ID))));
  }

  private int waitingForALock() {
    return database
        .admin()
        .fetchCount(
            DSL.table("pg_stat_activity"),
            DSL.condition("datname = current_database() and wait_event_type = 'Lock'"));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
