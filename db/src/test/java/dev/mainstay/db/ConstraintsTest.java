package dev.mainstay.db;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.db.testing.TestTrainer;
import java.util.UUID;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The refusals that the table of data.md expects from the database itself. */
class ConstraintsTest {

  private static final TestDatabase database = TestDatabase.create();

  private UUID course = database.newId();
  private UUID student = course;
  private UUID trainer = course;

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void aStudentATrainerAndACourse() {
    course = TestCourse.ofSessions(3).in(database);
    student = TestStudent.living("UTC").in(database);
    trainer = TestTrainer.teaching(course).upTo(1).in(database);
  }

  @Test
  void aPaymentIsRecordedOnce() {
    payment("pi_1");
    refused("payment_recorded_once", () -> payment("pi_1"));
    refused("payment_provider_payment_id_check", () -> payment(""));
  }

  @Test
  void aStudentHoldsACourseOnce() {
    UUID first = purchase("active");
    refused("purchase_student_holds_course_once", () -> purchase("pending"));
    refused("purchase_student_holds_course_once", () -> purchase("attention"));
    accepted(() -> purchase("cancelled"));
    run("update purchase set status = 'refunded' where id = ?", first);
    accepted(() -> purchase("pending"));
  }

  @Test
  void aPurchaseHasOneInvoiceAndItsNumberIsUnique() {
    UUID one = purchase("active");
    UUID other = purchase("completed");
    invoice(one, "default");
    refused("invoice_purchase_id_key", () -> invoice(one, "default"));
    refused("invoice_number_key", () -> invoice(other, "(select max(number) from invoice)"));
  }

  @Test
  void aChargeIsBookedOnce() {
    UUID payment = payment("pi_charged");
    charge(payment);
    refused("transaction_charged_once", () -> charge(payment));
  }

  @Test
  void aStudentHasOneTrainerPerCourse() {
    UUID purchase = purchase("active");
    UUID held = allocation(purchase, "approved");
    refused("allocation_one_trainer", () -> allocation(purchase, "active"));
    run("update allocation set status = 'ended', ended_at = now() where id = ?", held);
    accepted(() -> allocation(purchase, "active"));
  }

  @Test
  void aTrainerIsNeverOverCapacity() {
    run("update trainer set load = load + 1 where vendor_id = ?", trainer);
    refused(
        "trainer_within_capacity",
        () -> run("update trainer set load = load + 1 where vendor_id = ?", trainer));
    refused(
        "trainer_within_capacity",
        () -> run("update trainer set load = -1 where vendor_id = ?", trainer));
    refused(
        "trainer_within_capacity",
        () -> run("update trainer set capacity = 0 where vendor_id = ?", trainer));
  }

  @Test
  void aCourseSessionExistsOnce() {
    UUID allocation = allocation(purchase("active"), "active");
    UUID session = session(allocation, 1, "2027-01-04 10:00");
    refused("course_session_once", () -> completed(allocation, 2, "2027-01-04 10:00"));
    run("update course_session set status = 'cancelled' where id = ?", session);
    accepted(() -> completed(allocation, 2, "2027-01-04 10:00"));
  }

  @Test
  void aTrainerIsNeverInTwoPlaces() {
    UUID allocation = allocation(purchase("active"), "active");
    UUID session = session(allocation, 1, "2027-01-04 10:00");
    refused(
        "course_session_trainer_in_one_place", () -> session(allocation, 2, "2027-01-04 10:59"));
    accepted(() -> session(allocation, 2, "2027-01-04 11:00"));
    run("update course_session set status = 'cancelled' where id = ?", session);
    accepted(() -> session(allocation, 3, "2027-01-04 10:00"));
  }

  @Test
  void aCourseIsNeverGivenBeyondItsSessions() {
    UUID allocation = allocation(purchase("active"), "active");
    session(allocation, 1, "2027-01-04 10:00");
    refused("course_session_ordinal_once", () -> session(allocation, 1, "2027-01-05 10:00"));
    refused("course_session_within_course", () -> session(allocation, 4, "2027-01-05 10:00"));
    refused("course_session_within_course", () -> session(allocation, 0, "2027-01-05 10:00"));
  }

  @Test
  void aRequestIsTakenInOnce() {
    UUID business = database.newId();
    intake("pi_taken", business);
    refused("intake_taken_in_once", () -> intake("pi_taken", database.newId()));
    refused("intake_business", () -> intake("pi_other", business));
    accepted(
        () -> run("update intake set claims = max_claims(), claim_id = id, leased_until = now()"));
    refused("intake_claims_check", () -> run("update intake set claims = max_claims() + 1"));
  }

  @Test
  void anEventHappenedOnce() {
    UUID subject = database.newId();
    event(subject, 1);
    accepted(() -> event(subject, 2));
    refused("event_happened_once", () -> event(subject, 1));
  }

  @Test
  void aStepWaitsForAnOperatorOnce() {
    attention();
    refused("attention_open", this::attention);
    run("update attention set status = 'resolved', resolved_at = now(), resolution = 'retry'");
    accepted(this::attention);
  }

  @Test
  void aCompletedCourseSessionWasGivenAtATime() {
    UUID session = session(allocation(purchase("active"), "active"), 1, "2027-01-04 10:00");
    refused(
        "course_session_delivered",
        () -> run("update course_session set status = 'completed' where id = ?", session));
    refused(
        "course_session_delivered",
        () -> run("update course_session set delivered_at = now() where id = ?", session));
  }

  private UUID payment(String id) {
    return id(
        "insert into payment (provider, provider_payment_id, amount_minor, currency) values ('stripe', ?, 100, 'USD') returning id",
        id);
  }

  private UUID purchase(String status) {
    UUID id = database.newId();
    run(
        "insert into purchase (id, student_id, course_id, payment_id, status, preferred_time, zone, sessions, session_minutes) values (?, ?, ?, ?, ?, '10:00', 'UTC', 20, 60)",
        id,
        student,
        course,
        payment("pi_" + id),
        status);
    return id;
  }

  private void invoice(UUID purchase, String number) {
    run(
        "insert into invoice (purchase_id, number, amount_minor, currency) values (?, "
            + number
            + ", 100, 'USD')",
        purchase);
  }

  private void charge(UUID payment) {
    run(
        "insert into transaction (payment_id, kind, amount_minor, currency) values (?, 'charge', 100, 'USD')",
        payment);
  }

  private UUID allocation(UUID purchase, String status) {
    return id(
        """
        insert into allocation (purchase_id, student_id, course_id, trainer_id, status, preferred_time, zone, slot_minute,
                                session_minutes, sessions)
        values (?, ?, ?, ?, ?, '10:00', 'UTC', 600, 60, 3) returning id
        """,
        purchase,
        student,
        course,
        trainer,
        status);
  }

  private UUID session(UUID allocation, int ordinal, String starts) {
    return session(allocation, ordinal, starts, "scheduled");
  }

  private void completed(UUID allocation, int ordinal, String starts) {
    session(allocation, ordinal, starts, "completed");
  }

  private UUID session(UUID allocation, int ordinal, String starts, String status) {
    return id(
        """
        insert into course_session (allocation_id, trainer_id, ordinal, total, scheduled_date, scheduled_time, zone, starts_at,
                                    ends_at, status, delivered_at)
        select ?, ?, ?, 3, t::date, t::time, 'UTC', t at time zone 'UTC', t at time zone 'UTC' + interval '1 hour', s,
               case s when 'completed' then t at time zone 'UTC' end
        from (select ?::text as s, ?::timestamp as t) t returning id
        """,
        allocation,
        trainer,
        ordinal,
        status,
        starts);
  }

  private void intake(String key, UUID business) {
    run(
        "insert into intake (kind, source, key, body_hash, business_id, body, correlation_id) values ('purchase', 'stripe', ?, '', ?, '{}', '')",
        key,
        business);
  }

  private void event(UUID subject, int ordinal) {
    run(
        "insert into event (type, subject_id, ordinal, correlation_id) values ('x', ?, ?, '')",
        subject,
        ordinal);
  }

  private void attention() {
    run(
        """
        insert into attention (process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions)
        values ('purchase', 'key', new_id(), 'create', '', '', '', '', '{}')
        """);
  }

  private static UUID id(String sql, Object... values) {
    return database.dsl().fetchSingle(sql, values).into(UUID.class);
  }

  private static void run(String sql, Object... values) {
    database.dsl().execute(sql, values);
  }

  private static void accepted(Runnable change) {
    assertThatCode(change::run).doesNotThrowAnyException();
  }

  private static void refused(String constraint, Runnable change) {
    assertThatThrownBy(change::run)
        .isInstanceOf(IntegrityConstraintViolationException.class)
        .hasMessageContaining('"' + constraint + '"');
  }
}
