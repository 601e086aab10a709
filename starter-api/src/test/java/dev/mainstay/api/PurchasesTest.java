package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.IDEMPOTENCY_KEY;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import dev.mainstay.api.testing.TestApi.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PurchasesTest {

  private final TestApi api = TestApi.shared();
  private final DSLContext database = api.database().dsl();
  private final UUID student = api.newStudent();
  private final UUID course = api.newCourse();
  private final String payment = "pay_" + UUID.randomUUID();

  @Test
  void aPurchaseIsTakenInAndCanBeReadAtOnce() {
    Answer answer = post(order()).header("X-Correlation-Id", "my-request-7").send().expect(202);

    assertThat(answer.json().path("workflowId").asString()).isEqualTo("purchase/stripe/" + payment);
    assertThat(answer.json().path("status").asString()).isEqualTo("pending");
    assertThat(answer.header("Location")).isEqualTo("/api/v1/purchases/" + id(answer));
    assertThat(answer.header("X-Correlation-Id")).isEqualTo("my-request-7");
    JsonNode shown = get(id(answer));
    assertThat(shown.path("status").asString()).isEqualTo("pending");
    assertThat(shown.path("studentId").asString()).isEqualTo(student.toString());
    assertThat(shown.path("payment").path("providerPaymentId").asString()).isEqualTo(payment);
    assertThat(shown.path("payment").path("amountMinor").asLong()).isEqualTo(19_900);
    assertThat(shown.path("sessions").isEmpty()).isTrue();
    assertThat(shown.has("allocation")).isFalse();
    assertThat(
            database
                .select(INTAKE.CORRELATION_ID)
                .from(INTAKE)
                .where(INTAKE.KEY.eq(payment))
                .fetchSingle(INTAKE.CORRELATION_ID))
        .isEqualTo("my-request-7");
  }

  @Test
  void onlyAnAssertedPaymentOfStripesIsChecked() {
    post(order()).send().expect(202);
    post(order()).send().expect(202);
    String other = order().replace("'stripe'", "'till'").replace(payment, payment + "t");
    post(other).send().expect(202);

    assertThat(
            database
                .select(INTAKE.KIND, field("body ->> 'unconfirmed'", String.class))
                .from(INTAKE)
                .where(INTAKE.KEY.contains(payment))
                .orderBy(INTAKE.ID)
                .fetch(row -> row.value1() + " " + row.value2()))
        .containsExactly("purchase true", "payment-check null", "purchase null");
  }

  @Test
  void everyRepeatIsGivenTheFirstId() {
    Answer first = post(order()).send().expect(202);
    Answer again = post(order()).send().expect(202);
    Answer byAnotherClient =
        api.call("POST", "/api/v1/purchases")
            .key(api.newKey("another", Role.PAYMENTS))
            .body(order())
            .send()
            .expect(202);

    assertThat(id(again)).isEqualTo(id(first));
    assertThat(id(byAnotherClient)).isEqualTo(id(first));
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void theSamePaymentForAnotherCourseIsAConflict() {
    post(order()).send().expect(202);

    Answer other = post(order().replace(course.toString(), api.newCourse().toString())).send();

    other.expect(409);
    assertThat(other.json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:payment-taken-otherwise");
  }

  @Test
  void anUnknownStudentAndCourseAreNamedAndNothingIsStored() {
    Answer answer =
        post(order()
                .replace(course.toString(), UUID.randomUUID().toString())
                .replace(student.toString(), UUID.randomUUID().toString()))
            .header("Idempotency-Key", payment)
            .send()
            .expect(400);

    assertThat(answer.json().path("errors").findValuesAsString("pointer"))
        .containsExactly("/studentId", "/courseId");
    assertThat(rows()).isZero();
    assertThat(database.fetchCount(IDEMPOTENCY_KEY, IDEMPOTENCY_KEY.KEY.eq(payment))).isZero();
  }

  @Test
  void anIdempotencyKeyStandsForOneRequest() {
    String key = UUID.randomUUID().toString();
    Answer first = post(order()).header("Idempotency-Key", key).send().expect(202);
    Answer again = post(order()).header("Idempotency-Key", key).send().expect(202);
    Answer other =
        post(order().replace(payment, payment + "x")).header("Idempotency-Key", key).send();

    assertThat(again.json()).isEqualTo(first.json());
    other.expect(409);
    assertThat(other.json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:idempotency-key-reused");
    assertThat(database.fetchCount(INTAKE, INTAKE.KEY.eq(payment + "x"))).isZero();
  }

  @Test
  void anIdempotencyKeyIsItsOwnersAlone() {
    String key = UUID.randomUUID().toString();
    post(order()).header("Idempotency-Key", key).send().expect(202);

    api.call("POST", "/api/v1/purchases")
        .key(api.newKey("another", Role.PAYMENTS))
        .header("Idempotency-Key", key)
        .body(order().replace(payment, payment + "x"))
        .send()
        .expect(202);
  }

  @Test
  void ofManyRequestsAtOnceUnderOneIdempotencyKeyOneCounts() {
    String key = UUID.randomUUID().toString();

    List<Answer> answers =
        TestApi.atOnce(
            40,
            i ->
                post(order().replace(payment, payment + i % 4))
                    .header("Idempotency-Key", key)
                    .send());

    assertThat(answers).allMatch(answer -> answer.status() == 202 || answer.status() == 409);
    assertThat(
            answers.stream()
                .filter(answer -> answer.status() == 202)
                .map(PurchasesTest::id)
                .distinct())
        .hasSize(1);
    assertThat(database.fetchCount(INTAKE, INTAKE.KEY.startsWith(payment))).isEqualTo(1);
  }

  @Test
  void aLongIdempotencyKeyIsRefused() {
    Answer answer = post(order()).header("Idempotency-Key", "k".repeat(256)).send().expect(400);

    assertThat(answer.json().path("errors").get(0).path("pointer").asString())
        .isEqualTo("/Idempotency-Key");
  }

  @Test
  void aPurchaseThatWentWellShowsTrainerAndSessions() {
    UUID trainer = newTrainer();
    Answer answer = post(order()).send().expect(202);
    UUID id = id(answer);
    UUID claim = UUID.randomUUID();
    runSteps(id, claim);

    JsonNode shown = get(id);

    assertThat(shown.path("status").asString()).isEqualTo("active");
    assertThat(shown.path("workflowId").asString()).isEqualTo("purchase-batch/" + claim);
    assertThat(shown.path("allocation").path("trainerId").asString()).isEqualTo(trainer.toString());
    assertThat(shown.path("allocation").path("status").asString()).isEqualTo("active");
    assertThat(shown.path("sessions").size()).isEqualTo(7);
    JsonNode session = shown.path("sessions").get(0);
    assertThat(session.path("ordinal").asInt()).isEqualTo(1);
    assertThat(session.path("time").asString()).isEqualTo("18:30");
    assertThat(session.path("zone").asString()).isEqualTo("Europe/Berlin");
    assertThat(session.path("date").asString()).matches("\\d{4}-\\d{2}-\\d{2}");
    assertThat(session.path("startsAt").asString()).matches("\\d{4}-\\d{2}-\\d{2}T1[67]:30:00Z");
    assertThat(session.path("status").asString()).isEqualTo("scheduled");
    assertThat(post(order()).send().expect(202).json().path("status").asString())
        .isEqualTo("active");
    assertThat(list("student=" + student + "&status=active").path("items").get(0)).isEqualTo(shown);
    assertThat(list("status=active&after=" + before(id)).path("items").get(0)).isEqualTo(shown);
    assertThat(list("student=" + student + "&status=pending").path("items").isEmpty()).isTrue();
  }

  @Test
  void aCancelledRequestWithoutARowOfItsOwnIsCancelled() {
    UUID id = id(post(order()).send().expect(202));
    database.execute("select cancel_purchases(array [?]::uuid[], now())", id);

    assertThat(get(id).path("status").asString()).isEqualTo("cancelled");
    assertThat(
            list("status=cancelled&after=" + before(id)).path("items").get(0).path("id").asString())
        .isEqualTo(id.toString());
  }

  @Test
  void purchasesAreListedPageByPage() {
    List<String> made =
        IntStream.range(0, 5)
            .mapToObj(
                i -> id(post(order().replace(payment, payment + i)).send().expect(202)).toString())
            .sorted()
            .toList();
    List<String> listed = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = list("limit=2&student=" + student + after);
      listed.addAll(page.path("items").findValuesAsString("id"));
      after = page.has("next") ? "&after=" + page.path("next").asString() : "";
    } while (!after.isEmpty());

    assertThat(listed).isEqualTo(made);
    assertThat(list("payment=" + payment + "3").path("items").size()).isEqualTo(1);
    assertThat(list("status=pending&limit=500").path("items").findValuesAsString("id"))
        .containsAll(made);
  }

  @Test
  void anotherClientsPurchaseIsNotFound() {
    UUID mine = id(post(order()).send().expect(202));
    String another = api.newKey("another", Role.STARTER);

    api.call("GET", "/api/v1/purchases/" + mine).key(another).send().expect(404);
    assertThat(
            api.call("GET", "/api/v1/purchases?student=" + student)
                .key(another)
                .send()
                .expect(200)
                .json()
                .path("items")
                .isEmpty())
        .isTrue();
    for (Role role : List.of(Role.OPERATOR, Role.FINANCE, Role.AUDITOR)) {
      api.call("GET", "/api/v1/purchases/" + mine).key(api.key(role)).send().expect(200);
    }
  }

  @Test
  void anUnknownPurchaseIsNotFound() {
    api.starter("GET", "/api/v1/purchases/" + UUID.randomUUID()).send().expect(404);
  }

  private UUID newTrainer() {
    UUID trainer = UUID.randomUUID();
    api.starter("PUT", "/api/v1/vendors/" + trainer)
        .body(
            "{'name':'Bo','email':'bo@example.com','locale':'en','zone':'Europe/Berlin','cadence':'weekly','currency':'EUR'}")
        .send()
        .expect(200);
    api.starter("PUT", "/api/v1/trainers/" + trainer)
        .body("{'capacity':3,'courseIds':['" + course + "'],'holidays':[],'hours':[]}")
        .send()
        .expect(200);
    return trainer;
  }

  private void runSteps(UUID id, UUID claim) {
    database
        .update(INTAKE)
        .set(INTAKE.CLAIM_ID, claim)
        .set(INTAKE.CLAIMS, (short) 1)
        .set(INTAKE.LEASED_UNTIL, Instant.now())
        .set(INTAKE.DONE_AT, Instant.now())
        .where(INTAKE.BUSINESS_ID.eq(id))
        .execute();
    database.execute("select create_purchases(array [?]::uuid[])", id);
    database.execute("select allocate_trainers(array [?]::uuid[], now())", id);
    database.execute("select schedule_sessions(array [?]::uuid[], 7, now())", id);
  }

  /** The key just below, so that a page begins with the id. */
  private static UUID before(UUID id) {
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() - 1);
  }

  private Call post(String order) {
    return api.starter("POST", "/api/v1/purchases").body(order);
  }

  private JsonNode get(UUID id) {
    return api.starter("GET", "/api/v1/purchases/" + id).send().expect(200).json();
  }

  private JsonNode list(String query) {
    return api.starter("GET", "/api/v1/purchases?" + query).send().expect(200).json();
  }

  private String order() {
    return """
    {'provider':'stripe','providerPaymentId':'%s','studentId':'%s','courseId':'%s','amountMinor':19900,
     'currency':'EUR','preferredTime':'18:30','zone':'Europe/Berlin'}\
    """
        .formatted(payment, student, course);
  }

  private static UUID id(Answer answer) {
    return UUID.fromString(answer.json().path("id").asString());
  }

  private int rows() {
    return database.fetchCount(INTAKE, INTAKE.KEY.eq(payment));
  }
}
