package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schedules while Temporal is unavailable; with it, see the sandbox's end-to-end test. */
class SchedulesApiTest {

  private static final String REASON = "{'reason':'to see'}";

  private static TestApi api;

  @BeforeAll
  static void start() {
    // where nobody listens
    api = TestApi.start("--TEMPORAL_ADDRESS=127.0.0.1:1");
    api.database()
        .dsl()
        .execute(
            """
            insert into process (name, enabled, kinds)
            values ('sweeping', true, '{}'), ('resting', false, '{}'), ('purchase', true, '{purchase}'),
                   ('attention', true, '{}')
            """);
    api.database()
        .dsl()
        .execute(
            """
            insert into schedule (id, process, workflow_id, timing, zone, catch_up_seconds, timeout_seconds, note)
            values ('top-up', 'sweeping', 'sweep/top-up', 'every 6 hours', 'UTC', 3600, 600, 'Tops up'),
                   ('rest', 'resting', 'sweep/rest', 'daily at 02:00', 'UTC', 3600, 600, 'Rests')
            """);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void forget() {
    api.database().admin().execute("delete from audit_event");
    api.database().admin().execute("delete from sweep_run");
    api.database().admin().execute("delete from worker_host");
  }

  @Test
  void whatTheyAreIsShownWithoutTheirState() {
    var list = get("/schedules").expect(200).json();
    assertThat(list.at("/items").valueStream().map(schedule -> schedule.at("/id").asString()))
        .containsExactly("rest", "top-up");

    var one = get("/schedules/top-up").expect(200).json();
    assertThat(one.at("/process").asString()).isEqualTo("sweeping");
    assertThat(one.at("/timing").asString()).isEqualTo("every 6 hours");
    assertThat(one.at("/zone").asString()).isEqualTo("UTC");
    assertThat(one.at("/catchUpSeconds").asInt()).isEqualTo(3600);
    assertThat(one.at("/overlap").asString()).isEqualTo("skip");
    assertThat(one.has("state")).isFalse();
    get("/schedules/unknown").expect(404);
  }

  @Test
  void whatNeedsTemporalIsAnswered503AndKeptInTheAuditLog() {
    assertThat(get("/schedules/top-up/preview").expect(503).header("Retry-After")).isNotBlank();

    Answer answer = post("/schedules/top-up/pause", REASON).expect(503);

    assertThat(answer.json().at("/type").asString())
        .isEqualTo("urn:mainstay:problem:temporal-unavailable");
    assertThat(audit())
        .containsExactly(
            "owner-of-operator pause top-up to see refused Temporal is unavailable, or no worker"
                + " answers; the same request will succeed later");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "trigger"})
  void anUnknownScheduleIsRefusedAndTheAttemptKept(String action) {
    post("/schedules/unknown/" + action, REASON).expect(404);

    assertThat(audit())
        .containsExactly(
            "owner-of-operator %s unknown to see refused There is no such schedule"
                .formatted(action));
  }

  @ParameterizedTest
  @CsvSource({"/schedules/rest/trigger", "/schedules/rest/resume", "/workers/rest/trigger"})
  void aProcessThatIsOffIsRefusedWithItsFlag(String path) {
    Answer answer = post(path, REASON).expect(409);

    assertThat(answer.json().at("/detail").asString())
        .contains("mainstay.features.resting.enabled");
    assertThat(audit()).singleElement().asString().contains("refused The process is off");
  }

  @Test
  void aWorkerIsTriggeredWithoutAReason() {
    api.call("POST", "/api/v1/workers/unknown/trigger")
        .key(api.key(Role.OPERATOR))
        .send()
        .expect(404);

    assertThat(audit())
        .containsExactly("owner-of-operator trigger unknown - refused There is no such schedule");
  }

  @Test
  void aReasonIsNeeded() {
    assertThat(
            post("/schedules/top-up/pause", "{}")
                .expect(400)
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/reason");
  }

  @Test
  void aBackfillOfABadRangeIsRefusedAndTheAttemptKept() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant hourAgo = now.minus(1, ChronoUnit.HOURS);

    assertThat(backfill(now, hourAgo)).isEqualTo("/to must be later than from");
    assertThat(backfill(hourAgo, hourAgo)).isEqualTo("/to must be later than from");
    assertThat(backfill(hourAgo, now.plus(1, ChronoUnit.HOURS)))
        .isEqualTo("/to must not be in the future");
    assertThat(backfill(now.minus(400, ChronoUnit.DAYS), now))
        .isEqualTo("/from must be within the last 366 days");
    assertThat(audit())
        .hasSize(4)
        .allMatch(entry -> entry.contains("backfill top-up to see refused"));
  }

  @Test
  void aPreviewLooksAYearAheadAtMost() {
    get("/schedules/top-up/preview?months=13").expect(400);
    get("/schedules/top-up/preview?months=0").expect(400);
    get("/schedules/unknown/preview").expect(404);
  }

  @Test
  void healthTellsOfEachProcessAndItsRuns() {
    run("a", "completed", 120, 60);
    run("b", "failed", 60, 30);
    run("c", "running", 10, 0);

    var processes = get("/workers/health").expect(200).json().at("/processes");

    assertThat(processes.valueStream().map(process -> process.at("/name").asString()))
        .containsExactly("purchase", "rest", "top-up");
    var topUp = processes.get(2);
    assertThat(topUp.at("/enabled").asBoolean()).isTrue();
    assertThat(topUp.at("/isRunning").asBoolean()).isTrue();
    assertThat(topUp.at("/successRate").asDouble()).isEqualTo(0.5);
    assertThat(topUp.at("/lastRun/result").asString()).isEqualTo("failed");
    assertThat(topUp.at("/lastRun/error").asString()).isEqualTo("x");
    assertThat(topUp.at("/lastRun/counts/done").asInt()).isEqualTo(7);
    assertThat(topUp.at("/lastRun/seconds").asDouble()).isEqualTo(30);
    assertThat(topUp.has("nextRun")).isFalse();
    assertThat(processes.get(1).at("/enabled").asBoolean(true)).isFalse();
    assertThat(processes.get(1).has("lastRun")).isFalse();
    assertThat(processes.get(0).at("/isRunning").asBoolean(true)).isFalse();
  }

  @Test
  void aRunThatWasTerminatedIsNotTakenForRunningWhenItsTimeIsUp() {
    run("a", "running", 601, 0);

    assertThat(get("/workers/health").json().at("/processes/2/isRunning").asBoolean(true))
        .isFalse();
  }

  @Test
  void healthTellsOfEachHost() {
    host("a", 10, null);
    host("b", 100, null);
    host("c", 100, 100);

    var hosts = get("/workers/health").expect(200).json().at("/hosts");

    assertThat(
            hosts
                .valueStream()
                .map(host -> host.at("/identity").asString() + " " + host.at("/status").asString()))
        .containsExactly("a running", "b lost", "c stopped");
    assertThat(hosts.at("/0/queues/0").asString()).isEqualTo("processes");
    assertThat(hosts.at("/0/done").asInt()).isEqualTo(3);
    assertThat(hosts.at("/0/failed").asInt()).isEqualTo(1);
  }

  private static void run(String id, String status, int secondsAgo, int secondsLong) {
    api.database()
        .dsl()
        .execute(
            """
            insert into sweep_run (sweep, workflow_id, run_id, nominal_at, started_at, ended_at, status, counts, error)
            values ('top-up', 'w', {0}, now(), now() - {1} * interval '1 second',
                    case when {2} <> 'running' then now() - {3} * interval '1 second' end, {2}, '{"done": 7}',
                    case when {2} = 'failed' then 'x' end)
            """,
            DSL.val(id), DSL.val(secondsAgo), DSL.val(status), DSL.val(secondsAgo - secondsLong));
  }

  private static void host(
      String identity, int heardSecondsAgo, @Nullable Integer stoppedSecondsAgo) {
    api.database()
        .dsl()
        .execute(
            """
            insert into worker_host (identity, backend, queues, modules, started_at, last_heartbeat_at, stopped_at, done, failed)
            values ({0}, 'cluster', '{processes}', '{purchase}', now() - interval '1 hour', now() - {1} * interval '1 second',
                    now() - {2} * interval '1 second', 3, 1)
            """,
            DSL.val(identity), DSL.val(heardSecondsAgo), DSL.val(stoppedSecondsAgo, Integer.class));
  }

  private static String backfill(Instant from, Instant to) {
    var error =
        post(
                "/schedules/top-up/backfill",
                "{'from':'%s','to':'%s','reason':'to see'}".formatted(from, to))
            .expect(400)
            .json()
            .at("/errors/0");
    return error.at("/pointer").asString() + " " + error.at("/message").asString();
  }

  private static Answer get(String path) {
    return api.call("GET", "/api/v1" + path).key(api.key(Role.AUDITOR)).send();
  }

  private static Answer post(String path, String body) {
    return api.call("POST", "/api/v1" + path).key(api.key(Role.OPERATOR)).body(body).send();
  }

  private static List<@Nullable String> audit() {
    return api.database()
        .dsl()
        .fetch(
            """
            select concat_ws(' ', by, action, subject, coalesce(reason, '-'), outcome, detail) as entry
            from audit_event
            order by id
            """)
        .getValues("entry", String.class);
  }
}
