package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.API_KEY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.KeyCommand;
import dev.mainstay.api.access.Public;
import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import dev.mainstay.api.testing.TestApi.Call;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.util.pattern.PathPattern;

/** It takes long because each role tries each operation. */
class AccessTest {

  private static final Set<Role> READERS =
      EnumSet.of(Role.STARTER, Role.OPERATOR, Role.FINANCE, Role.AUDITOR);
  private static final Set<Role> PAYROLL_READERS =
      EnumSet.of(Role.OPERATOR, Role.FINANCE, Role.APPROVER, Role.AUDITOR);
  private static final Set<Role> KEEPERS = EnumSet.of(Role.STARTER, Role.OPERATOR);

  private final TestApi api = TestApi.shared();

  static Stream<Arguments> calls() {
    return Stream.of(
            Stream.of(
                Arguments.of("POST", "/api/v1/purchases", EnumSet.of(Role.PAYMENTS)),
                Arguments.of("GET", "/api/v1/events", READERS),
                Arguments.of("GET", "/api/v1/notifications", READERS),
                Arguments.of(
                    "GET", "/api/v1/customers/" + UUID.randomUUID() + "/consents", READERS),
                Arguments.of(
                    "PUT", "/api/v1/customers/" + UUID.randomUUID() + "/consents", KEEPERS),
                Arguments.of(
                    "GET",
                    "/api/v1/purchases/%s/refunds/%s"
                        .formatted(UUID.randomUUID(), UUID.randomUUID()),
                    READERS),
                Arguments.of(
                    "POST",
                    "/api/v1/purchases/" + UUID.randomUUID() + "/refund",
                    EnumSet.of(Role.OPERATOR, Role.FINANCE)),
                Arguments.of(
                    "GET", "/api/v1/purchases/" + UUID.randomUUID() + "/refunds", READERS)),
            Stream.of(
                Arguments.of("POST", "/api/v1/tasks/welcome-email", KEEPERS),
                Arguments.of("GET", "/api/v1/tasks", READERS),
                Arguments.of("GET", "/api/v1/tasks/" + UUID.randomUUID(), READERS),
                Arguments.of("POST", "/api/v1/password-resets/check", EnumSet.of(Role.STARTER)),
                Arguments.of("POST", "/api/v1/password-resets/use", EnumSet.of(Role.STARTER)),
                Arguments.of(
                    "DELETE", "/api/v1/customers/" + UUID.randomUUID(), EnumSet.of(Role.OPERATOR)),
                Arguments.of(
                    "GET", "/api/v1/customers/" + UUID.randomUUID() + "/erasure", READERS)),
            Stream.of("complete", "cancel", "reschedule")
                .map(move ->
                    Arguments.of(
                        "POST", "/api/v1/sessions/" + UUID.randomUUID() + "/" + move, KEEPERS)),
            Stream.of(Arguments.of("GET", "/api/v1/sessions/" + UUID.randomUUID(), READERS)),
            Stream.of(
                Arguments.of(
                    "POST",
                    "/api/v1/bookings/" + UUID.randomUUID() + "/pay",
                    EnumSet.of(Role.PAYMENTS))),
            Stream.of("", "/x/complete", "/x/cancel")
                .map(path ->
                    Arguments.of(
                        "POST",
                        "/api/v1/bookings" + path.replace("x", UUID.randomUUID().toString()),
                        KEEPERS)),
            Stream.of("purchases", "bookings", "customers", "vendors", "trainers", "courses")
                .flatMap(resource ->
                    Stream.of(
                        Arguments.of("GET", "/api/v1/" + resource, READERS),
                        Arguments.of(
                            "GET", "/api/v1/" + resource + "/" + UUID.randomUUID(), READERS))),
            Stream.of("", "/" + UUID.randomUUID())
                .map(path ->
                    Arguments.of(
                        "GET",
                        "/api/v1/attention" + path,
                        EnumSet.of(Role.OPERATOR, Role.FINANCE, Role.AUDITOR))),
            Stream.of("/retry", "/skip", "/cancel", "/assign-trainer", "/restart")
                .map(action ->
                    Arguments.of(
                        "POST",
                        "/api/v1/attention/" + UUID.randomUUID() + action,
                        EnumSet.of(Role.OPERATOR))),
            Stream.of("/adopt", "/not-ours")
                .map(action ->
                    Arguments.of(
                        "POST",
                        "/api/v1/attention/" + UUID.randomUUID() + action,
                        EnumSet.of(Role.FINANCE))),
            Stream.of(
                Arguments.of("POST", "/api/v1/attention/retry", EnumSet.of(Role.OPERATOR)),
                Arguments.of("GET", "/api/v1/audit", EnumSet.of(Role.OPERATOR, Role.AUDITOR))),
            Stream.of("customers", "vendors", "trainers", "courses")
                .map(resource ->
                    Arguments.of("PUT", "/api/v1/" + resource + "/" + UUID.randomUUID(), KEEPERS)),
            Stream.of("schedules", "schedules/x", "schedules/x/preview", "workers/health")
                .map(path -> Arguments.of("GET", "/api/v1/" + path, READERS)),
            Stream.of("pause", "resume", "trigger", "backfill")
                .map(action ->
                    Arguments.of(
                        "POST", "/api/v1/schedules/x/" + action, EnumSet.of(Role.OPERATOR))),
            Stream.of(
                    "payroll/weekly/x/preview",
                    "payroll/weekly/x/runs",
                    "payroll/weekly/x/runs/" + UUID.randomUUID(),
                    "payroll/runs",
                    "payroll/minimums",
                    "payroll/differences",
                    "payouts",
                    "payouts/" + UUID.randomUUID(),
                    "payouts/" + UUID.randomUUID() + "/receipt.pdf")
                .map(path -> Arguments.of("GET", "/api/v1/" + path, PAYROLL_READERS)),
            Stream.of("", "/" + UUID.randomUUID() + "/cancel")
                .map(path ->
                    Arguments.of(
                        "POST",
                        "/api/v1/payroll/weekly/x/runs" + path,
                        EnumSet.of(Role.OPERATOR, Role.FINANCE))),
            Stream.of(
                Arguments.of(
                    "POST",
                    "/api/v1/payroll/weekly/x/runs/" + UUID.randomUUID() + "/approve",
                    EnumSet.of(Role.APPROVER)),
                Arguments.of("PUT", "/api/v1/payroll/minimums/x", EnumSet.of(Role.FINANCE)),
                Arguments.of(
                    "PUT",
                    "/api/v1/vendors/" + UUID.randomUUID() + "/payout-account",
                    EnumSet.of(Role.OPERATOR, Role.FINANCE))),
            Stream.of(Arguments.of("POST", "/api/v1/workers/x/trigger", EnumSet.of(Role.OPERATOR))))
        .flatMap(call -> call);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aCallIsForItsRolesAlone(String method, String path, Set<Role> allowed) {
    for (Role role : Role.values()) {
      Answer answer = call(method, path).key(api.key(role)).send();
      if (allowed.contains(role)) {
        assertThat(answer.status()).as("%s", role).isNotIn(401, 403);
      } else {
        assertThat(answer.expect(403).header("Content-Type")).isEqualTo("application/problem+json");
      }
    }
    Answer stranger = call(method, path).send().expect(401);
    assertThat(stranger.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(stranger.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(stranger.json().path("correlationId").asString()).isNotEmpty();
  }

  @Test
  void everyOperationIsTriedWithEveryRole() {
    List<String> untried = new ArrayList<>();
    api.handlers()
        .forEach((mapping, handler) -> {
          if (handler.hasMethodAnnotation(Public.class)) {
            return;
          }
          RequestMethod method = mapping.getMethodsCondition().getMethods().iterator().next();
          PathPattern path = requireNonNull(mapping.getPathPatternsCondition()).getFirstPattern();
          if (calls()
              .map(Arguments::get)
              .noneMatch(call ->
                  method.name().equals(call[0])
                      && path.matches(PathContainer.parsePath((String) call[1])))) {
            untried.add(method + " " + path);
          }
        });

    assertThat(untried).isEmpty();
  }

  @Test
  void everyHandlerSaysWhoMayCallIt() {
    assertThat(api.handlers().values())
        .isNotEmpty()
        .allSatisfy(handler ->
            assertThat(handler.hasMethodAnnotation(Allowed.class))
                .as("%s", handler)
                .isNotEqualTo(handler.hasMethodAnnotation(Public.class)));
    assertThat(api.handlers().values())
        .filteredOn(handler -> handler.hasMethodAnnotation(Public.class))
        .extracting(handler -> handler.getBeanType().getSimpleName())
        .containsExactlyInAnyOrder(
            "StripeWebhookController",
            "TwilioWebhookController",
            "TwilioWebhookController",
            "DownloadController",
            "ErrorDispatch");
  }

  static Stream<Arguments> badBodies() {
    String large = " ".repeat(1024 * 1024 + 1);
    return Stream.of(
        Arguments.of("application/json", "{"),
        Arguments.of("application/json", "{'colour':'red'}"),
        Arguments.of("application/json", large),
        Arguments.of("text/plain", "{}"),
        Arguments.of("nonsense", "{}"),
        Arguments.of("application/x-www-form-urlencoded", "x=%zz"),
        Arguments.of("application/x-www-form-urlencoded", large),
        Arguments.of("multipart/form-data", "x"),
        Arguments.of("multipart/form-data; boundary=x", "--x"));
  }

  @ParameterizedTest
  @MethodSource("badBodies")
  void whateverIsWrongWithTheBodyARoleComesFirst(String mediaType, String body) {
    for (var call :
        List.of(
            List.of("POST", "/api/v1/purchases"),
            List.of("POST", "/api/v1/bookings/" + UUID.randomUUID() + "/pay"),
            List.of("PUT", "/api/v1/customers/" + UUID.randomUUID()))) {
      for (boolean chunked : List.of(false, true)) {
        String as = "%s %s chunked=%s".formatted(call, mediaType, chunked);
        Answer refused = bad(call, mediaType, body, chunked).key(api.key(Role.AUDITOR)).send();
        assertThat(refused.status()).as(as).isEqualTo(403);
        assertThat(refused.json().path("type").asString())
            .isEqualTo("urn:mainstay:problem:wrong-role");
        Answer stranger = bad(call, mediaType, body, chunked).send();
        assertThat(stranger.status()).as(as).isEqualTo(401);
      }
    }
  }

  private Call bad(List<String> call, String mediaType, String body, boolean chunked) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Call bad = api.call(call.get(0), call.get(1)).body(mediaType, bytes);
    return chunked
        ? bad.publish(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
            .header("Content-Type", mediaType)
        : bad;
  }

  @Test
  void aHeadRequestIsForTheRolesOfItsGet() {
    call("HEAD", "/api/v1/payouts").key(api.key(Role.STARTER)).send().expect(403);
    call("HEAD", "/api/v1/payouts").key(api.key(Role.AUDITOR)).send().expect(200);
  }

  @Test
  void anUnknownExpiredOrRevokedKeyIsNoKey() {
    String key = api.newKey("short-lived", Role.OPERATOR);
    call("GET", "/api/v1/courses").key("mk_unknown").send().expect(401);
    call("GET", "/api/v1/courses").header("Authorization", "Basic " + key).send().expect(401);
    call("GET", "/api/v1/courses").key("").send().expect(401);
    call("GET", "/api/v1/courses").key(key).send().expect(200);

    var ofShortLived = API_KEY.OWNER.eq("short-lived");
    api.database()
        .dsl()
        .update(API_KEY)
        .set(API_KEY.EXPIRES_AT, Instant.now())
        .where(ofShortLived)
        .execute();
    call("GET", "/api/v1/courses").key(key).send().expect(401);
    api.database()
        .dsl()
        .update(API_KEY)
        .set(API_KEY.EXPIRES_AT, Instant.now().plusSeconds(60))
        .set(API_KEY.REVOKED_AT, Instant.now())
        .where(ofShortLived)
        .execute();
    call("GET", "/api/v1/courses").key(key).send().expect(401);
  }

  @Test
  void theSecretIsNotInTheDatabase() {
    String key = api.newKey("somebody", Role.STARTER);

    assertThat(api.database().admin().fetch("select * from api_key").formatCSV())
        .doesNotContain(key)
        .doesNotContain(key.substring(3));
  }

  @Test
  void keysAreMadeListedRotatedAndRevokedByCommand() {
    String owner = "by-command-" + UUID.randomUUID();
    String made =
        key("create", "--owner", owner, "--roles", "starter,auditor", "--expires-days", "7");
    String secret = found("key +(mk_\\S{43})", made);
    String id = found("id +(\\S{36})", made);
    call("GET", "/api/v1/courses").key(secret).send().expect(200);

    String rotated = found("key +(mk_\\S{43})", key("rotate", id));
    call("GET", "/api/v1/courses").key(secret).send().expect(200);
    call("GET", "/api/v1/courses").key(rotated).send().expect(200);
    assertThat(key("list"))
        .contains(id + "  valid", owner, "auditor,starter")
        .doesNotContain(secret);

    key("revoke", id);
    call("GET", "/api/v1/courses").key(secret).send().expect(401);
    call("GET", "/api/v1/courses").key(rotated).send().expect(200);
    assertThat(key("list")).contains(id + "  revoked");
    assertThat(run("revoke", id)).isEqualTo(1);
    assertThat(run("rotate", id)).isEqualTo(1);
    assertThat(run("create", "--owner", owner, "--roles", "king")).isEqualTo(2);
  }

  @Test
  void aKeyThatAsksTooOftenIsToldWhenToComeBack() {
    try (TestApi narrow =
        TestApi.start(
            "--mainstay.api.rate-limit.per-second=1", "--mainstay.api.rate-limit.burst=5")) {
      Call call = narrow.call("GET", "/api/v1/courses").key(narrow.key(Role.AUDITOR));
      for (int i = 0; i < 5; i++) {
        call.send().expect(200);
      }
      // a slow machine gives time for a token or two more
      Answer refused =
          Stream.generate(call::send)
              .limit(100)
              .filter(answer -> answer.status() != 200)
              .findFirst()
              .orElseThrow();

      refused.expect(429);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
      narrow.call("GET", "/api/v1/courses").key(narrow.key(Role.OPERATOR)).send().expect(200);
    }
  }

  private Call call(String method, String path) {
    Call call = api.call(method, path);
    return method.equals("GET") || method.equals("HEAD") ? call : call.body("{}");
  }

  private String key(String... arguments) {
    StringWriter out = new StringWriter();
    int code =
        KeyCommand.commandLine(api.database().dataSource())
            .setOut(new PrintWriter(out))
            .execute(arguments);
    assertThat(code).isZero();
    return out.toString();
  }

  private int run(String... arguments) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return KeyCommand.commandLine(api.database().dataSource())
        .setOut(nowhere)
        .setErr(nowhere)
        .execute(arguments);
  }

  private static String found(String pattern, String text) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
