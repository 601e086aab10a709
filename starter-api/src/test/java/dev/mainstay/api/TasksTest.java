package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.DOWNLOAD;
import static dev.mainstay.db.generated.Tables.DOWNLOAD_PART;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.LINK_TOKEN;
import static dev.mainstay.db.generated.Tables.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import dev.mainstay.db.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TasksTest {

  /** Takes no tasks in, and answers one download a second. */
  private static TestApi narrow;

  private final TestApi api = TestApi.shared();
  private final DSLContext database = api.database().dsl();

  @BeforeAll
  static void startNarrow() {
    narrow =
        TestApi.start(
            "--mainstay.features.task.enabled=false",
            "--mainstay.api.download-limit.per-second=1",
            "--mainstay.api.download-limit.burst=2");
  }

  @AfterAll
  static void stopNarrow() {
    narrow.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"welcome-email", "password-reset-email", "user-data-export", "user-report"})
  void aTaskIsTakenInAndCanBeReadAtOnce(String type) {
    UUID customer = api.newStudent();

    Answer taken = post(type, "{'customerId':'%s'}".formatted(customer)).expect(202);

    UUID id = UUID.fromString(taken.json().path("id").asString());
    assertThat(taken.header("Location")).isEqualTo("/api/v1/tasks/" + id);
    assertThat(taken.json().path("workflowId").asString()).isEqualTo("task/" + id);
    assertThat(taken.json().path("status").asString()).isEqualTo("pending");
    JsonNode task = api.starter("GET", "/api/v1/tasks/" + id).send().expect(200).json();
    assertThat(task.path("type").asString()).isEqualTo(type);
    assertThat(task.path("customerId").asString()).isEqualTo(customer.toString());
    assertThat(task.path("priority").asString()).isEqualTo("normal");
    assertThat(task.path("maxRetries").asInt()).isEqualTo(3);
    assertThat(task.has("timeout")).isFalse();
    assertThat(task.has("notBefore")).isFalse();
    assertThat(task.path("attention").isEmpty()).isTrue();
    assertThat(intake(id)).isEqualTo(1);
  }

  @Test
  void whatIsAskedForIsKept() {
    UUID customer = api.newStudent();
    Instant before = Instant.now();

    UUID id =
        id(
            post(
                    "user-report",
                    "{'customerId':'%s','priority':'high','maxRetries':0,'timeout':'PT1H','delay':'P1D'}"
                        .formatted(customer))
                .expect(202));

    JsonNode task = api.starter("GET", "/api/v1/tasks/" + id).send().expect(200).json();
    assertThat(task.path("priority").asString()).isEqualTo("high");
    assertThat(task.path("maxRetries").asInt()).isZero();
    assertThat(task.path("timeout").asString()).isEqualTo("PT1H");
    assertThat(Instant.parse(task.path("notBefore").asString()))
        .isBetween(before.plus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(1)));
    assertThat(
            database
                .select(INTAKE.BODY)
                .from(INTAKE)
                .where(INTAKE.BUSINESS_ID.eq(id))
                .fetchSingle()
                .value1()
                .data())
        .contains("\"priority\": \"high\"", "\"timeoutSeconds\": 3600");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'customerId':'CUSTOMER','priority':'urgent'}    | /priority
          {'customerId':'CUSTOMER','maxRetries':21}        | /maxRetries
          {'customerId':'CUSTOMER','maxRetries':-1}        | /maxRetries
          {'customerId':'CUSTOMER','timeout':'soon'}       | /timeout
          {'customerId':'CUSTOMER','timeout':'PT0S'}       | /timeout
          {'customerId':'CUSTOMER','delay':'-PT1S'}        | /delay
          {'customerId':'CUSTOMER','delay':'P366D'}        | /delay
          {'customerId':'CUSTOMER','template':'x'}         | /template
          {'customerId':'01980d3e-7c1a-7b3e-9f00-0123456789ab'} | /customerId
          {}                                               | /customerId
          """)
  void whatCannotBeTakenIsNamed(String body, String pointer) {
    Answer answer =
        post("welcome-email", body.replace("CUSTOMER", api.newStudent().toString())).expect(400);

    assertThat(answer.json().path("errors").findValuesAsString("pointer")).containsExactly(pointer);
  }

  @Test
  void anUnknownTypeIsNotFound() {
    post("fortune-cookie", "{'customerId':'%s'}".formatted(api.newStudent())).expect(404);
  }

  @Test
  void oneKeyIsOneTaskHoweverOftenItComes() {
    String body = "{'customerId':'%s'}".formatted(api.newStudent());
    String key = UUID.randomUUID().toString();

    List<Answer> answers =
        TestApi.atOnce(
            8,
            _ ->
                api.starter("POST", "/api/v1/tasks/welcome-email")
                    .header("Idempotency-Key", key)
                    .body(body)
                    .send()
                    .expect(202));

    assertThat(answers).extracting(TasksTest::id).containsOnly(id(answers.getFirst()));
    api.starter("POST", "/api/v1/tasks/user-report")
        .header("Idempotency-Key", key)
        .body(body)
        .send()
        .expect(409);
  }

  @Test
  void tasksOfOthersAreNotFound() {
    UUID customer = api.newStudent();
    String other = api.newKey("another-client", Role.STARTER);
    UUID mine = id(post("welcome-email", "{'customerId':'%s'}".formatted(customer)));

    api.call("GET", "/api/v1/tasks/" + mine).key(other).send().expect(404);
    assertThat(list(other, "customer=" + customer)).isEmpty();
    assertThat(list(api.key(Role.AUDITOR), "customer=" + customer)).containsExactly(mine);
  }

  @Test
  void tasksAreListedPageByPage() {
    UUID customer = api.newStudent();
    List<UUID> all =
        Stream.generate(() -> id(post("welcome-email", "{'customerId':'%s'}".formatted(customer))))
            .limit(3)
            .toList();
    database
        .update(TASK)
        .set(TASK.STATUS, "cancelled")
        .set(TASK.REASON, "cancelled")
        .set(TASK.ENDED_AT, Instant.now())
        .where(TASK.ID.eq(all.getLast()))
        .execute();

    String mine = api.key(Role.STARTER);
    assertThat(list(mine, "limit=2&customer=" + customer)).hasSize(2);
    assertThat(list(mine, "customer=" + customer + "&status=pending"))
        .containsExactlyInAnyOrderElementsOf(all.subList(0, 2));
    assertThat(list(mine, "customer=" + customer + "&status=cancelled"))
        .containsExactly(all.getLast());
  }

  @Test
  void anOffTaskIsRefusedWithTheFlagsName() {
    try (TestApi without =
        TestApi.start(
            "--mainstay.features.email-notifications.enabled=false",
            "--mainstay.features.data-export.enabled=false")) {
      assertOff(without, "welcome-email", "email-notifications");
      assertOff(without, "password-reset-email", "email-notifications");
      assertOff(without, "user-data-export", "data-export");
      assertOn(without, "user-report");
    }
    try (TestApi without = TestApi.start("--mainstay.features.report-generation.enabled=false")) {
      assertOff(without, "user-report", "report-generation");
      assertOn(without, "welcome-email");
      assertOn(without, "user-data-export");
    }
  }

  @Test
  void anOffProcessIsRefusedWithItsName() {
    assertOff(narrow, "user-report", "task");
  }

  @Test
  void aDownloadNeedsNoKeyButItsToken() {
    String token = download("user-data-export", Instant.now().plusSeconds(60), "PK", "ZIP");

    for (int i = 0; i < 2; i++) {
      Answer file = api.call("GET", "/api/v1/downloads/" + token).send().expect(200);
      assertThat(file.response().body()).isEqualTo("PKZIP");
      assertThat(file.header("Content-Type")).isEqualTo("application/zip");
      assertThat(file.header("Content-Disposition"))
          .isEqualTo("attachment; filename=\"your-data.zip\"");
      assertThat(file.header("Cache-Control")).contains("no-store");
      assertThat(file.header("Referrer-Policy")).isEqualTo("no-referrer");
    }
  }

  @Test
  void whatIsNoDownloadIsOneAndTheSame404() {
    String expired = download("user-data-export", Instant.now().minusSeconds(1), "PK");
    String reset = token(task("password-reset-email"), "password-reset", soon());

    List<JsonNode> answers =
        Stream.of(expired, reset, "nobodys", "x".repeat(500))
            .map(token -> api.call("GET", "/api/v1/downloads/" + token).send().expect(404).json())
            .toList();

    assertThat(answers)
        .extracting(
            answer -> answer.path("type").asString(), answer -> answer.path("detail").asString())
        .containsOnly(
            org.assertj.core.groups.Tuple.tuple(
                "urn:mainstay:problem:not-found", "There is no such download"));
  }

  @Test
  void whoAsksForDownloadsTooOftenIsToldWhenToComeBack() {
    Answer refused =
        Stream.generate(() -> narrow.call("GET", "/api/v1/downloads/guess").send())
            .limit(100)
            .filter(answer -> answer.status() != 404)
            .findFirst()
            .orElseThrow();

    assertThat(refused.expect(429).header("Retry-After")).isEqualTo("1");
  }

  @Test
  void aResetTokenIsCheckedAndThenUsedOnce() {
    UUID task = task("password-reset-email");
    String token = token(task, "password-reset", soon());
    String customer =
        database
            .select(TASK.CUSTOMER_ID)
            .from(TASK)
            .where(TASK.ID.eq(task))
            .fetchSingle()
            .value1()
            .toString();

    assertThat(reset("check", token).expect(200).json().path("customerId").asString())
        .isEqualTo(customer);
    List<Answer> used = TestApi.atOnce(8, _ -> reset("use", token));

    assertThat(used).extracting(Answer::status).containsOnlyOnce(200).contains(404);
    reset("check", token).expect(404);
  }

  @Test
  void whatIsNoResetTokenIsOneAndTheSame404() {
    String expired = token(task("password-reset-email"), "password-reset", Instant.now());
    String download = download("user-report", soon(), "report");
    String others = token(task("password-reset-email"), "password-reset", soon());
    database
        .update(TASK)
        .set(TASK.CLIENT, "another-client")
        .where(
            TASK.ID.in(
                database
                    .select(LINK_TOKEN.TASK_ID)
                    .from(LINK_TOKEN)
                    .where(LINK_TOKEN.HASH.eq(Sha256.of(others)))))
        .execute();

    for (String token : List.of(expired, download, others, "nobodys")) {
      for (String call : List.of("check", "use")) {
        assertThat(reset(call, token).expect(404).json().path("detail").asString())
            .isEqualTo("There is no such token");
      }
    }
    assertThat(
            database.fetchCount(
                LINK_TOKEN,
                LINK_TOKEN.HASH.eq(Sha256.of(others)).and(LINK_TOKEN.USED_AT.isNotNull())))
        .isZero();
  }

  private static void assertOff(TestApi without, String type, String flag) {
    Answer refused = post(without, type).expect(409);
    assertThat(refused.json().path("feature").asString()).isEqualTo(flag);
    assertThat(refused.json().path("type").asString()).endsWith("feature-off");
    assertThat(without.database().dsl().fetchCount(TASK, TASK.TYPE.eq(type))).isZero();
  }

  private static void assertOn(TestApi without, String type) {
    post(without, type).expect(202);
  }

  private static Answer post(TestApi api, String type) {
    return api.starter("POST", "/api/v1/tasks/" + type)
        .body("{'customerId':'%s'}".formatted(api.newStudent()))
        .send();
  }

  private Answer reset(String call, String token) {
    return api.starter("POST", "/api/v1/password-resets/" + call)
        .body("{'token':'%s'}".formatted(token))
        .send();
  }

  private UUID task(String type) {
    return id(post(type, "{'customerId':'%s'}".formatted(api.newStudent())).expect(202));
  }

  /** A file of these parts, and the token of its link. */
  private String download(String type, Instant expires, String... parts) {
    UUID task = task(type);
    database
        .insertInto(DOWNLOAD)
        .set(DOWNLOAD.TASK_ID, task)
        .set(
            DOWNLOAD.CUSTOMER_ID,
            database.select(TASK.CUSTOMER_ID).from(TASK).where(TASK.ID.eq(task)))
        .set(DOWNLOAD.FILE_NAME, "your-data.zip")
        .set(DOWNLOAD.MEDIA_TYPE, "application/zip")
        .set(DOWNLOAD.MADE_AT, Instant.now().minus(Duration.ofDays(1)))
        .set(DOWNLOAD.EXPIRES_AT, expires)
        .execute();
    for (int i = 0; i < parts.length; i++) {
      database
          .insertInto(DOWNLOAD_PART)
          .set(DOWNLOAD_PART.TASK_ID, task)
          .set(DOWNLOAD_PART.ORDINAL, i)
          .set(DOWNLOAD_PART.CONTENT, parts[i].getBytes(StandardCharsets.UTF_8))
          .execute();
    }
    return token(task, "download", expires);
  }

  private String token(UUID task, String purpose, Instant expires) {
    String token = UUID.randomUUID().toString();
    database
        .insertInto(LINK_TOKEN)
        .set(LINK_TOKEN.HASH, Sha256.of(token))
        .set(LINK_TOKEN.TASK_ID, task)
        .set(LINK_TOKEN.PURPOSE, purpose)
        .set(LINK_TOKEN.MADE_AT, Instant.now())
        .set(LINK_TOKEN.EXPIRES_AT, expires)
        .execute();
    return token;
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(60);
  }

  private Answer post(String type, String body) {
    return api.starter("POST", "/api/v1/tasks/" + type).body(body).send();
  }

  private int intake(UUID id) {
    return database.fetchCount(INTAKE, INTAKE.BUSINESS_ID.eq(id).and(INTAKE.KIND.eq("task")));
  }

  private List<UUID> list(String key, String query) {
    return api.call("GET", "/api/v1/tasks?" + query)
        .key(key)
        .send()
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .map(item -> UUID.fromString(item.path("id").asString()))
        .toList();
  }

  private static UUID id(Answer answer) {
    return UUID.fromString(answer.expect(202).json().path("id").asString());
  }
}
