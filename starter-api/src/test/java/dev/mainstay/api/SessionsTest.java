package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.ALLOCATE_TRAINERS;
import static dev.mainstay.db.generated.Tables.AUDIT_EVENT;
import static dev.mainstay.db.generated.Tables.COURSE_SESSION;
import static dev.mainstay.db.generated.Tables.CREATE_PURCHASES;
import static dev.mainstay.db.generated.Tables.EVENT;
import static dev.mainstay.db.generated.Tables.SCHEDULE_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import dev.mainstay.api.testing.TestApi.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SessionsTest {

  private final TestApi api = TestApi.shared();
  private final DSLContext database = api.database().dsl();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final UUID purchase = purchase();
  private final String first = session(1);
  private final String second = session(2);

  @Test
  void aSessionIsShownWithItsShareOfThePrice() {
    JsonNode shown = get(first);

    assertThat(shown.path("purchaseId").asString()).isEqualTo(purchase.toString());
    assertThat(shown.path("status").asString()).isEqualTo("scheduled");
    assertThat(shown.path("time").asString()).isEqualTo("10:00");
    assertThat(shown.has("deliveredAt")).isFalse();
    assertThat(
            IntStream.rangeClosed(1, 7).mapToObj(n -> get(session(n)).path("grossMinor").asLong()))
        .containsExactly(1428L, 1428L, 1428L, 1429L, 1429L, 1429L, 1429L);
    assertThat(shown.path("currency").asString()).isEqualTo("EUR");
    api.starter("GET", "/api/v1/sessions/" + UUID.randomUUID()).send().expect(404);
  }

  @Test
  void aSessionOfAnotherClientIsNotThere() {
    String stranger = api.newKey("stranger-" + purchase, Role.STARTER);

    api.call("GET", "/api/v1/sessions/" + first).key(stranger).send().expect(404);
    api.call("POST", "/api/v1/sessions/" + first + "/cancel")
        .key(stranger)
        .body("{'reason':'x'}")
        .send()
        .expect(404);

    assertThat(get(first).path("status").asString()).isEqualTo("scheduled");
  }

  @Test
  void aSessionThatWasGivenIsCompletedOnce() {
    begun(first);
    Answer done = post(first, "complete").header("X-Correlation-Id", "c-" + first).send();

    assertThat(done.expect(200).json().path("status").asString()).isEqualTo("completed");
    assertThat(Instant.parse(done.json().path("deliveredAt").asString())).isAfterOrEqualTo(now);
    assertThat(
            database
                .select(EVENT.TYPE)
                .from(EVENT)
                .where(EVENT.CORRELATION_ID.eq("c-" + first))
                .fetch(EVENT.TYPE))
        .containsExactly("session.completed");
    Answer again = post(first, "complete").send().expect(409);
    assertThat(again.json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:session-completed");
  }

  @Test
  void aDeliveryInTheFutureIsNamed() {
    begun(first);

    Answer future =
        post(first, "complete")
            .body("{'deliveredAt':'%s'}".formatted(now.plus(Duration.ofMinutes(5))))
            .send()
            .expect(400);
    Answer early =
        post(first, "complete").body("{'deliveredAt':'0001-01-01T00:00:00Z'}").send().expect(400);

    assertThat(future.json().path("errors").findValuesAsString("pointer"))
        .containsExactly("/deliveredAt");
    assertThat(early.json().path("errors").findValuesAsString("pointer"))
        .containsExactly("/deliveredAt");
    assertThat(get(first).path("status").asString()).isEqualTo("scheduled");
    post(first, "complete").body("{'deliveredAt':'%s'}".formatted(now)).send().expect(200);
  }

  @Test
  void aSessionThatHasNotBegunIsNotCompleted() {
    Answer refused = post(first, "complete").body("{}").send().expect(409);

    assertThat(refused.json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:session-not-begun");
  }

  @Test
  void theLastSessionCompletesThePurchase() {
    for (int ordinal = 1; ordinal <= 7; ordinal++) {
      String session = session(ordinal);
      begun(session);
      post(session, "complete").send().expect(200);
    }

    JsonNode shown = api.starter("GET", "/api/v1/purchases/" + purchase).send().json();
    assertThat(shown.path("status").asString()).isEqualTo("completed");
    assertThat(shown.path("allocation").path("status").asString()).isEqualTo("ended");
    assertThat(shown.path("sessions").findValuesAsString("status")).containsOnly("completed");
  }

  @Test
  void aCancelledSessionIsOver() {
    Answer done = post(first, "cancel").body("{'reason':'ill'}").send().expect(200);
    assertThat(done.json().path("status").asString()).isEqualTo("cancelled");

    post(first, "cancel").body("{'reason':'ill'}").send().expect(409);
    post(first, "complete").send().expect(409);
    post(first, "reschedule").body("{'startsAt':'2099-01-05T10:00:00Z'}").send().expect(409);
    assertThat(
            post(second, "cancel")
                .body("{}")
                .send()
                .expect(400)
                .json()
                .path("errors")
                .get(0)
                .path("pointer")
                .asString())
        .isEqualTo("/reason");
  }

  @Test
  void aSessionIsMovedToATimeAtWhichItCanBeGiven() {
    Instant taken = startsAt(second);
    Instant free = taken.plus(Duration.ofDays(100)).plus(Duration.ofHours(2));

    Answer onAnothersDay = move(first, taken.plus(Duration.ofHours(3))).expect(409);
    assertThat(onAnothersDay.json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:session-student-has-another");
    assertThat(startsAt(move(first, free).expect(200).json())).isEqualTo(free);
    assertThat(get(first).path("time").asString()).isEqualTo("12:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2020-01-06T10:00:00Z", "0000-01-01T00:00:00Z"})
  void aSessionIsNotMovedToThePast(String past) {
    Answer refused = move(first, Instant.parse(past)).expect(400);

    assertThat(refused.json().path("errors").findValuesAsString("pointer"))
        .containsExactly("/startsAt");
  }

  @ParameterizedTest
  @CsvSource({
    "reschedule, '{}', /startsAt",
    "reschedule, '{''startsAt'':''tomorrow''}', /startsAt",
    "cancel, '{''reason'':'' ''}', /reason",
    "complete, '{''deliveredAt'':7}', /deliveredAt",
    "complete, '{''givenAt'':''2026-01-01T00:00:00Z''}', /givenAt",
  })
  void aBadFieldIsNamed(String move, String body, String pointer) {
    Answer refused = post(first, move).body(body).send().expect(400);

    assertThat(refused.json().path("errors").findValuesAsString("pointer")).contains(pointer);
  }

  @Test
  void anIdempotencyKeyGivesTheFirstAnswerAgain() {
    String key = "k-" + first;
    Answer done =
        post(first, "cancel").header("Idempotency-Key", key).body("{'reason':'ill'}").send();
    Answer again =
        post(first, "cancel").header("Idempotency-Key", key).body("{'reason':'ill'}").send();
    Answer other =
        post(first, "cancel").header("Idempotency-Key", key).body("{'reason':'well'}").send();

    assertThat(again.expect(200).json()).isEqualTo(done.expect(200).json());
    assertThat(other.expect(409).json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:idempotency-key-reused");
  }

  @Test
  void whatAnOperatorDidOrTriedIsInTheAuditLog() {
    String operator = api.key(Role.OPERATOR);
    String path = "/api/v1/sessions/" + first + "/";
    api.call("POST", path + "complete").key(operator).send().expect(409);
    api.call("POST", path + "cancel").key(operator).body("{'reason':'ill'}").send().expect(200);
    post(second, "cancel").body("{'reason':'by the marketplace'}").send().expect(200);

    assertThat(audited(first))
        .containsExactly(
            "owner-of-operator complete refused null The session has not begun yet",
            "owner-of-operator cancel done ill null");
    assertThat(audited(second)).isEmpty();
  }

  private List<String> audited(String session) {
    return database
        .selectFrom(AUDIT_EVENT)
        .where(AUDIT_EVENT.SUBJECT.eq("session/" + session))
        .orderBy(AUDIT_EVENT.ID)
        .fetch(row ->
            "%s %s %s %s %s"
                .formatted(
                    row.getBy(),
                    row.getAction(),
                    row.getOutcome(),
                    row.getReason(),
                    row.getDetail()));
  }

  /** An active purchase for 100.00 of a course of seven sessions, at 10:00 UTC. */
  private UUID purchase() {
    UUID course = UUID.randomUUID();
    api.starter("PUT", "/api/v1/courses/" + course)
        .body("{'title':'Go','sessions':7,'sessionMinutes':60,'priceMinor':10000,'currency':'EUR'}")
        .send()
        .expect(200);
    UUID trainer = UUID.randomUUID();
    api.starter("PUT", "/api/v1/vendors/" + trainer)
        .body(
            "{'name':'Bo','email':'bo@example.com','locale':'en','zone':'UTC','cadence':'weekly','currency':'EUR'}")
        .send()
        .expect(200);
    api.starter("PUT", "/api/v1/trainers/" + trainer)
        .body("{'capacity':1,'courseIds':['%s']}".formatted(course))
        .send()
        .expect(200);
    Answer taken =
        api.starter("POST", "/api/v1/purchases")
            .body(
                """
                {'provider':'stripe','providerPaymentId':'pay_%s','studentId':'%s','courseId':'%s','amountMinor':10000,
                 'currency':'EUR','preferredTime':'10:00','zone':'UTC'}\
                """
                    .formatted(course, api.newStudent(), course))
            .send()
            .expect(202);
    UUID id = UUID.fromString(taken.json().path("id").asString());
    UUID[] ids = {id};
    assertThat(database.fetch(CREATE_PURCHASES.call(ids, now))).isEmpty();
    assertThat(database.fetch(ALLOCATE_TRAINERS.call(ids, now))).isEmpty();
    assertThat(database.fetch(SCHEDULE_SESSIONS.call(ids, 7, now))).isEmpty();
    return id;
  }

  private String session(int ordinal) {
    return api.starter("GET", "/api/v1/purchases/" + purchase)
        .send()
        .json()
        .path("sessions")
        .get(ordinal - 1)
        .path("id")
        .asString();
  }

  /** Lets a session have begun a minute ago. */
  private void begun(String session) {
    UUID id = UUID.fromString(session);
    Instant starts = now.minus(Duration.ofMinutes(1));
    database
        .update(COURSE_SESSION)
        .set(COURSE_SESSION.STARTS_AT, starts)
        .set(COURSE_SESSION.ENDS_AT, starts.plusMillis(1))
        .where(COURSE_SESSION.ID.eq(id))
        .execute();
  }

  private JsonNode get(String session) {
    return api.starter("GET", "/api/v1/sessions/" + session).send().expect(200).json();
  }

  private Instant startsAt(String session) {
    return startsAt(get(session));
  }

  private static Instant startsAt(JsonNode session) {
    return Instant.parse(session.path("startsAt").asString());
  }

  private Answer move(String session, Instant to) {
    return post(session, "reschedule").body("{'startsAt':'%s'}".formatted(to)).send();
  }

  private Call post(String session, String move) {
    return api.starter("POST", "/api/v1/sessions/" + session + "/" + move);
  }
}
