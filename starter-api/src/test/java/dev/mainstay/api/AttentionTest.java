package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import dev.mainstay.api.testing.TestApi.Call;
import dev.mainstay.api.testing.WaitingProcess;
import dev.mainstay.db.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AttentionTest {

  private static final TestApi api = TestApi.start(WaitingProcess.TEMPORAL);
  private static final TestDatabase database = api.database();
  private static final WaitingProcess.Worker process = WaitingProcess.on(api);

  @AfterEach
  void empty() {
    database.admin().execute("truncate attention, audit_event, intake");
    process.forget();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void theInboxTellsWhatIsStuckWhyHowLongWhatMoneyAndWhatARetryWouldRepeat() {
    UUID id = open("purchase/stripe/pi_1", "allocate");
    database.admin().execute("update attention set opened_at = now() - interval '2 minutes'");

    JsonNode item = operator("GET", "/attention").send().expect(200).json().at("/items/0");

    assertThat(item.path("id").asString()).isEqualTo(id.toString());
    assertThat(item.path("process").asString()).isEqualTo("purchase");
    assertThat(item.path("businessKey").asString()).isEqualTo("purchase/stripe/pi_1");
    assertThat(item.path("step").asString()).isEqualTo("allocate");
    assertThat(item.path("reason").asString()).isEqualTo("step-failed");
    assertThat(item.path("error").asString()).isEqualTo("no such column");
    assertThat(item.path("fingerprint").asString()).isEqualTo("allocate/step-failed");
    assertThat(item.path("retryEffect").asString()).isEqualTo("tries again");
    assertThat(item.path("ageSeconds").asLong()).isBetween(120L, 180L);
    assertThat(item.path("amountMinor").asLong()).isEqualTo(12_000);
    assertThat(item.path("currency").asString()).isEqualTo("USD");
    assertThat(item.path("actions").valueStream().map(JsonNode::asString))
        .containsExactly("retry", "assignTrainer", "cancel");
    assertThat(item.path("status").asString()).isEqualTo("open");
    assertThat(item.has("resolvedAt")).isFalse();
    assertThat(operator("GET", "/attention/" + id).send().expect(200).json()).isEqualTo(item);
    operator("GET", "/attention/" + UUID.randomUUID()).send().expect(404);
  }

  @Test
  void theInboxIsReadPageByPageInTheOrderInWhichItemsWereOpened() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      open("purchase/stripe/pi_" + i, "allocate");
      keys.add("purchase/stripe/pi_" + i);
    }
    // Two items of the same instant differ by their ids.
    database.admin().execute("update attention set opened_at = date_trunc('day', now())");

    List<String> read = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = operator("GET", "/attention?limit=2" + after).send().expect(200).json();
      page.path("items").forEach(item -> read.add(item.path("businessKey").asString()));
      after = page.has("next") ? "&after=" + page.path("next").asString() : "";
    } while (!after.isEmpty());

    assertThat(read).containsExactlyElementsOf(keys);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2",
    "?process=purchase, 1",
    "?process=payroll, 0",
    "?since=2020-01-01T00:00:00Z, 1",
    "?status=resolved, 1",
    "?status=open&process=export, 1",
  })
  void theInboxIsFiltered(String query, int found) {
    open("purchase/stripe/pi_1", "allocate");
    open("export/1", "upload");
    open("purchase/stripe/pi_2", "allocate");
    database
        .admin()
        .execute(
            """
            update attention set process = 'export', opened_at = '2019-12-31T23:59Z' where business_key = 'export/1';
            update attention set status = 'resolved', resolution = 'retry', resolved_at = now() where business_key like '%pi_2'
            """);

    assertThat(operator("GET", "/attention" + query).send().expect(200).json().path("items"))
        .hasSize(found);
  }

  @Test
  void aQueryThatMakesNoSenseIsRefused() {
    operator("GET", "/attention?status=stuck").send().expect(400);
    operator("GET", "/attention?since=yesterday").send().expect(400);
    operator("GET", "/attention?limit=501").send().expect(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry          | {'reason':'it is back'} | retry {\"by\":\"owner-of-operator\",\"reason\":\"it is back\"}",
        "cancel         | {'reason':'gone','refund':false} | cancel {\"by\":\"owner-of-operator\",\"reason\":\"gone\"}",
        "assign-trainer | {'vendorId':'00000000-0000-0000-0000-000000000007','reason':'she agreed'} | assignTrainer {\"by\":\"owner-of-operator\",\"reason\":\"she agreed\",\"vendorId\":\"00000000-0000-0000-0000-000000000007\"}",
      })
  void anActionIsTheUpdateOfItsNameByWhomAndWhy(String action, String body, String received) {
    UUID id = open(process.start(), "allocate");

    operator("POST", "/attention/" + id + "/" + action).body(body).send().expect(200);

    assertThat(process.received()).containsExactly(received);
    // The process records an accepted action itself.
    assertThat(audit()).isEmpty();
  }

  @Test
  void aCancelWithRefundRequestsItForItsCallerAndNoSignalDoes() {
    String key = process.start();
    UUID purchase = newPurchase();
    UUID id = open(key, "allocate", purchase);

    operator("POST", "/attention/" + id + "/cancel")
        .body("{'reason':'paid twice','refund':true}")
        .send()
        .expect(200);

    assertThat(process.received())
        .containsExactly("cancel {\"by\":\"owner-of-operator\",\"reason\":\"paid twice\"}");
    assertThat(refunds(purchase)).containsExactly("19900 owner-of-operator paid twice");
    assertThat(audit()).containsExactly("owner-of-operator refund " + key + " paid twice done");
  }

  @Test
  void aRefundThatWasRequestedStandsAlsoWhereTheProcessHasEnded() {
    UUID purchase = newPurchase();
    UUID id = open("purchase/stripe/pi_gone", "allocate", purchase);

    operator("POST", "/attention/" + id + "/cancel")
        .body("{'reason':'paid twice','refund':true}")
        .send()
        .expect(200);

    assertThat(refunds(purchase)).hasSize(1);
  }

  @Test
  void whatDoesNotApplyIsRefusedAndStandsInTheAuditLog() {
    String key = process.start();
    UUID id = open(key, "allocate");

    Answer answer =
        operator("POST", "/attention/" + id + "/retry").body("{'reason':'not-now'}").send();

    assertThat(answer.expect(409).json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:not-applicable");
    assertThat(audit())
        .containsExactly("owner-of-operator retry " + key + " not-now refused it is not the time");
    assertThat(process.received()).isEmpty();
  }

  @Test
  void whatAProcessRefusedItHasRecordedItself() {
    UUID id = open(process.start(), "allocate");

    Answer answer =
        operator("POST", "/attention/" + id + "/assign-trainer")
            .body("{'vendorId':'%s','reason':'refuse'}".formatted(UUID.randomUUID()))
            .send();

    assertThat(answer.expect(409).json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:no-capacity");
    assertThat(answer.json().path("detail").asString()).isEqualTo("the trainer is full");
    assertThat(audit()).isEmpty();
  }

  @Test
  void whatIsRefusedBeforeAnyProcessIsAskedStandsInTheAuditLog() {
    UUID unknown = UUID.randomUUID();
    UUID id = open(process.start(), "allocate");
    UUID resolved = open("purchase/stripe/pi_2", "allocate");
    UUID orphan = open("purchase/stripe/pi_3", "allocate");
    database
        .admin()
        .execute(
            "update attention set status = 'resolved', resolution = 'retry', resolved_at = now() where business_key like '%pi_2'");

    refused("/attention/" + unknown + "/retry", 404, "not-found");
    refused("/attention/" + id + "/skip", 409, "action-not-offered");
    refused("/attention/" + resolved + "/retry", 409, "already-resolved");
    refused("/attention/" + orphan + "/retry", 409, "process-ended");

    assertThat(audit()).hasSize(4).allMatch(row -> row.contains(" refused "));
    assertThat(process.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry | {}",
        "retry | {'reason':''}",
        "retry | {'reason':' '}",
        "retry | {'reason':'x','vendorId':'00000000-0000-0000-0000-000000000007'}",
        "assign-trainer | {'reason':'x'}",
        "assign-trainer | {'reason':'x','vendorId':'nobody'}",
        "cancel | {'reason':'x','refund':'perhaps'}",
      })
  void aBodyThatDoesNotSayWhatIsNeededIsRefused(String action, String body) {
    UUID id = open(process.start(), "allocate");
    operator("POST", "/attention/" + id + "/" + action).body(body).send().expect(400);
    assertThat(process.received()).isEmpty();
  }

  @Test
  void whatWasNeverStartedIsGivenToTheDrainerAgainWithoutTemporal() {
    UUID purchase = UUID.randomUUID();
    database
        .admin()
        .execute(
            """
            insert into intake (kind, source, key, body_hash, business_id, body, correlation_id, claim_id, claims, leased_until)
            values ('purchase', 'stripe', 'pi_9', '', '%s', '{"amountMinor": 100, "currency": "EUR"}', 'c', new_id(), 3, now())
            """
                .formatted(purchase));
    database.admin().execute("select exhaust_intake('{purchase}')");
    String id = operator("GET", "/attention").send().json().at("/items/0/id").asString();

    JsonNode item =
        operator("POST", "/attention/" + id + "/retry")
            .body("{'reason':'mended'}")
            .send()
            .expect(200)
            .json();

    assertThat(item.path("status").asString()).isEqualTo("resolved");
    assertThat(item.path("resolvedBy").asString()).isEqualTo("owner-of-operator");
    assertThat(
            database
                .dsl()
                .fetchSingle("select concat_ws(' ', claims, claim_id, leased_until) from intake")
                .into(String.class))
        .isEqualTo("0");
    assertThat(audit())
        .containsExactly("owner-of-operator retry stripe/pi_9 mended done step start");
    refused("/attention/" + id + "/retry", 409, "already-resolved");
  }

  @Test
  void aProcessWhoseRunWasLostIsStartedAgainWithoutTemporal() {
    String id = lostRefund();

    JsonNode item =
        operator("POST", "/attention/" + id + "/restart")
            .body("{'reason':'terminated by mistake'}")
            .send()
            .expect(200)
            .json();

    assertThat(item.path("actions").valueStream().map(JsonNode::asString))
        .containsExactly("restart");
    assertThat(item.path("resolution").asString()).isEqualTo("restart");
    assertThat(item.path("resolvedBy").asString()).isEqualTo("owner-of-operator");
    assertThat(
            database
                .dsl()
                .fetchSingle(
                    "select concat_ws(' ', claims, done_at, leased_until) from intake where kind = 'refund'")
                .into(String.class))
        .isEqualTo("0");
    assertThat(audit())
        .containsExactly(
            "owner-of-operator restart %s terminated by mistake done"
                .formatted(item.path("businessKey").asString()));
    refused("/attention/" + id + "/restart", 409, "already-resolved");
  }

  @Test
  void aProcessThatIsOverIsNotStartedAgain() {
    String id = lostRefund();
    database.admin().execute("update refund_request set status = 'cancelled'");

    refused("/attention/" + id + "/restart", 409, "not-unfinished");
    refused("/attention/" + id + "/retry", 409, "action-not-offered");
    refused(
        "/attention/" + open(process.start(), "allocate") + "/restart", 409, "action-not-offered");

    assertThat(audit()).hasSize(3).allMatch(row -> row.contains(" refused "));
    assertThat(database.dsl().fetchValue("select done_at from intake where kind = 'refund'"))
        .isNotNull();
  }

  /** The item of a refund whose run was terminated. */
  private static String lostRefund() {
    api.call("POST", "/api/v1/purchases/" + newPurchase() + "/refund")
        .key(api.key(Role.FINANCE))
        .body("{'reason':'asked'}")
        .send()
        .expect(202);
    database
        .admin()
        .execute(
            """
            truncate audit_event;
            update intake set done_at = now() where kind = 'refund';
            select report_unfinished(array(select id from intake where kind = 'refund'), '{was terminated}')
            """);
    return operator("GET", "/attention").send().json().at("/items/0/id").asString();
  }

  @Test
  void whatAFilterFindsIsRetriedTogetherWithAResultForEach() {
    UUID first = open(process.start(), "allocate");
    UUID gone = open("purchase/stripe/pi_gone", "allocate");
    UUID last = open(process.start(), "allocate");
    open(process.start(), "schedule");

    JsonNode page =
        operator("POST", "/attention/retry")
            .body(
                "{'reason':'it is back','filter':{'process':'purchase','reason':'step-failed','fingerprint':'allocate/step-failed'},'limit':2}")
            .send()
            .expect(200)
            .json();

    assertThat(page.path("items").valueStream().map(AttentionTest::result))
        .containsExactly(first + " retried", gone + " refused");
    JsonNode rest =
        operator("POST", "/attention/retry")
            .body(
                "{'reason':'it is back','filter':{'step':'allocate'},'after':'%s'}"
                    .formatted(page.path("next").asString()))
            .send()
            .expect(200)
            .json();
    assertThat(rest.path("items").valueStream().map(AttentionTest::result))
        .containsExactly(last + " retried");
    assertThat(rest.has("next")).isFalse();
    assertThat(process.received()).hasSize(2);
  }

  @Test
  void theAuditLogIsListedBySubject() {
    refused("/attention/" + open("purchase/stripe/pi_1", "allocate") + "/skip", 409, null);
    refused("/attention/" + open("purchase/stripe/pi_2", "allocate") + "/skip", 409, null);

    Call call =
        api.call("GET", "/api/v1/audit?subject=purchase/stripe/pi_2").key(api.key(Role.AUDITOR));
    JsonNode rows = call.send().expect(200).json().path("items");

    assertThat(rows).hasSize(1);
    assertThat(rows.at("/0/by").asString()).isEqualTo("owner-of-operator");
    assertThat(rows.at("/0/action").asString()).isEqualTo("skip");
    assertThat(rows.at("/0/outcome").asString()).isEqualTo("refused");
    assertThat(operator("GET", "/audit?limit=1").send().expect(200).json().has("next")).isTrue();
  }

  private static String result(JsonNode item) {
    return item.path("id").asString() + " " + item.path("outcome").asString();
  }

  private void refused(String path, int status, @Nullable String type) {
    Answer answer = operator("POST", path).body("{'reason':'try'}").send().expect(status);
    if (type != null) {
      assertThat(answer.json().path("type").asString()).endsWith(":" + type);
    }
  }

  private static UUID newPurchase() {
    String body =
        "{'provider':'stripe','providerPaymentId':'pi_%s','studentId':'%s','courseId':'%s','amountMinor':19900,'currency':'EUR'}"
            .formatted(UUID.randomUUID(), api.newStudent(), api.newCourse());
    return UUID.fromString(
        api.starter("POST", "/api/v1/purchases")
            .body(body)
            .send()
            .expect(202)
            .json()
            .path("id")
            .asString());
  }

  private static List<String> refunds(UUID purchase) {
    return database
        .dsl()
        .fetch(
            "select concat_ws(' ', amount_minor, requested_by, reason) as row from refund_request where purchase_id = {0}",
            purchase)
        .getValues("row", String.class);
  }

  private static UUID open(String businessKey, String step) {
    return open(businessKey, step, database.newId());
  }

  private static UUID open(String businessKey, String step, UUID subject) {
    UUID id = database.newId();
    database
        .dsl()
        .execute(
            """
            insert into attention (id, process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions, amount_minor, currency)
            values ({0}, 'purchase', {1}, {3}, {2}, 'step-failed', 'no such column', {2} || '/step-failed', 'tries again',
                    array['retry', 'assignTrainer', 'cancel'], 12000, 'USD')
            """,
            id, businessKey, step, subject);
    return id;
  }

  private static List<String> audit() {
    return database
        .dsl()
        .fetch(
            "select concat_ws(' ', by, action, subject, reason, outcome, detail) as row from audit_event order by id")
        .getValues("row", String.class);
  }

  private static Call operator(String method, String path) {
    return api.call(method, "/api/v1" + path).key(api.key(Role.OPERATOR));
  }
}
