package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.sandbox.server.TemporalBinary;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleCalendarSpec;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleRange;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Schedules on a real Temporal, which the test server of the SDK has none of. */
@InSandbox(Setting.HOST_INSIDE)
class SchedulesEndToEndTest {

  private static final Logger log = LoggerFactory.getLogger(SchedulesEndToEndTest.class);

  private static final Duration SECONDS = Duration.ofSeconds(30);
  private static final String EVERY = "mainstay.schedules.invariants.every";

  static Home home;
  static Ports ports;
  static Status status;
  static WorkflowServiceStubs service;

  private static final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void in(SharedSandbox sandbox) {
    home = sandbox.home();
    ports = sandbox.ports();
    status = sandbox.status();
    service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(status.temporalAddress()).build());
    await()
        .atMost(SECONDS)
        .ignoreExceptions()
        .until(() -> status("GET", "/schedules/invariants/preview?months=1", ""), at -> at == 200);
  }

  @AfterAll
  static void hangUp() {
    service.shutdownNow();
  }

  @Test
  void theSchedulesOfTheProcessesAreThereAndSoAreTheirHosts() throws Exception {
    JsonNode schedule = get("/schedules/invariants");
    assertThat(schedule.at("/timing").asString()).isEqualTo("every hour");
    assertThat(schedule.at("/zone").asString()).isEqualTo("UTC");
    // Temporal works it out soon after the schedule was made, and lists it a little later
    await()
        .atMost(SECONDS)
        .untilAsserted(() -> {
          assertThat(get("/schedules/invariants").at("/state/next")).isNotEmpty();
          assertThat(process(get("/workers/health"), "invariants").has("nextRun")).isTrue();
        });

    JsonNode health = get("/workers/health");
    assertThat(process(health, "invariants").at("/enabled").asBoolean()).isTrue();
    assertThat(process(health, "purchase").at("/enabled").asBoolean()).isTrue();
    assertThat(health.at("/hosts/0/queues").valueStream().map(JsonNode::asString))
        .contains("processes");
    assertThat(hostHealth("/readiness").at("/components/temporal/status").asString())
        .isEqualTo("UP");
    // at the latest with the next heartbeat, where another host of this JVM has just stopped
    await()
        .atMost(SECONDS.multipliedBy(2))
        .until(() -> get("/workers/health").at("/hosts/0/status").asString(), "running"::equals);
  }

  @Test
  void aTriggerAnswersTheRunItStartedAndJoinsTheOneThatIsOpen() throws Exception {
    HttpResponse<String> first;
    HttpResponse<String> second;
    try (Connection database = application()) {
      database.setAutoCommit(false);
      // holds the run up at its first step
      try (var statement = database.createStatement()) {
        statement.execute("lock table sweep_run in access exclusive mode");
      }
      first = send("POST", "/schedules/invariants/trigger", "{\"reason\":\"to see it run\"}");
      second = send("POST", "/workers/invariants/trigger", "");
      database.rollback();
    }

    assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
    JsonNode started = JsonMapper.shared().readTree(first.body());
    assertThat(started.at("/joined").asBoolean(true)).isFalse();
    String workflowId = started.at("/workflowId").asString();
    assertThat(workflowId).startsWith("sweep/invariants-");
    assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
    JsonNode joined = JsonMapper.shared().readTree(second.body());
    assertThat(joined.at("/joined").asBoolean(false)).isTrue();
    assertThat(joined.at("/runId").asString()).isEqualTo(started.at("/runId").asString());

    await().atMost(SECONDS).until(() -> ended(workflowId).equals("completed"));
    JsonNode lastRun = process(get("/workers/health"), "invariants").at("/lastRun");
    assertThat(lastRun.at("/result").asString()).isEqualTo("completed");
    assertThat(lastRun.at("/counts/violations").asLong(-1)).isZero();
    JsonNode hostHealth = hostHealth("");
    assertThat(hostHealth.at("/components/invariants/details/violations").asInt(-1)).isZero();
    assertThat(hostHealth.at("/components/invariants/details/at").asString()).isNotBlank();
    assertThat(
            query(
                "select reason || ': ' || detail from audit_event where action = 'trigger' and reason = ?",
                "to see it run"))
        .containsExactly("to see it run: started " + workflowId);
  }

  @Test
  void aBackfillRunsEachNominalTimeOnce() throws Exception {
    Instant to = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
    Instant from = to.minus(3, ChronoUnit.HOURS);

    HttpResponse<String> answer =
        send(
            "POST",
            "/schedules/invariants/backfill",
            "{\"from\":\"%s\",\"to\":\"%s\",\"reason\":\"Temporal was away\"}".formatted(from, to));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(JsonMapper.shared().readTree(answer.body()).at("/actions").asInt()).isEqualTo(3);
    List<Instant> nominal =
        Stream.iterate(from, at -> at.isBefore(to), at -> at.plus(1, ChronoUnit.HOURS)).toList();
    await()
        .atMost(SECONDS)
        .untilAsserted(() -> assertThat(completedBetween(from, to)).isEqualTo(nominal));
  }

  @Test
  void aPausedScheduleStaysPausedAcrossARestartAndAChangeOfItsDefinition() throws Exception {
    toggle("--pause", "by hand");

    System.setProperty(EVERY, "30m");
    try {
      startAnotherHostUntil("every 30 minutes");
    } finally {
      System.clearProperty(EVERY);
    }

    JsonNode changed = get("/schedules/invariants");
    assertThat(changed.at("/state/paused").asBoolean(false)).isTrue();
    assertThat(changed.at("/state/note").asString()).isEqualTo("by hand");
    assertThat(everySeconds("invariants")).isEqualTo(30 * 60);

    startAnotherHostUntil("every hour");
    assertThat(get("/schedules/invariants").at("/state/paused").asBoolean(false)).isTrue();

    assertThat(status("POST", "/schedules/invariants/resume", "{\"reason\":\"over\"}"))
        .isEqualTo(200);
    JsonNode resumed = get("/schedules/invariants");
    assertThat(resumed.at("/state/paused").asBoolean(true)).isFalse();
    assertThat(resumed.at("/state/note").asString()).endsWith(": over");
  }

  /**
   * The server takes local times literally. A local time that occurs twice runs twice west of
   * Greenwich, and only the second time east of it.
   */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2, '', 02:30+01:00",
    "America/New_York, 1, 01:30-05:00, 01:30-04:00 01:30-05:00"
  })
  void aPreviewShowsWhatDaylightSavingDoes(String zone, int hour, String spring, String autumn)
      throws Exception {
    String id = "nightly-in-" + zone.substring(zone.indexOf('/') + 1);
    scheduleHalfPast(id, hour, zone);

    JsonNode preview = get("/schedules/" + id + "/preview?months=12");

    Map<LocalDate, List<OffsetTime>> perDay = new TreeMap<>();
    for (JsonNode action : preview.at("/actions")) {
      OffsetDateTime local = OffsetDateTime.parse(action.at("/local").asString());
      assertThat(local.toInstant()).isEqualTo(Instant.parse(action.at("/at").asString()));
      perDay.computeIfAbsent(local.toLocalDate(), _ -> new ArrayList<>()).add(local.toOffsetTime());
    }
    JsonNode changes = preview.at("/zoneChanges");
    assertThat(changes).hasSize(2);
    for (JsonNode change : changes) {
      LocalDate day =
          LocalDate.ofInstant(Instant.parse(change.at("/at").asString()), ZoneId.of(zone));
      boolean gap = change.at("/effect").asString().endsWith("do not exist");
      List<OffsetTime> taken = perDay.remove(day);
      assertThat(taken == null ? "" : join(taken)).as("%s", day).isEqualTo(gap ? spring : autumn);
    }
    assertThat(perDay.values()).hasSizeBetween(362, 365).allMatch(taken -> taken.size() == 1);
  }

  private static String join(List<OffsetTime> times) {
    return times.stream().map(OffsetTime::toString).collect(Collectors.joining(" "));
  }

  @Test
  void theItemOfATerminatedRunIsClosedByTheSweep() throws Exception {
    String workflowId = "purchase/test/" + UUID.randomUUID();
    WorkflowStub run =
        WorkflowClient.newInstance(service)
            .newUntypedWorkflowStub(
                "Nobody",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(workflowId)
                    .setTaskQueue("nobody-serves-it")
                    .build());
    run.start();
    execute(
        """
        insert into attention (process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions)
        values ('purchase', ?, new_id(), 'allocate', 'step-failed', 'x', 'x', 'x', '{retry}')
        """,
        workflowId);
    run.terminate("by hand");

    await()
        .atMost(SECONDS)
        .until(
            () -> {
              // again where it joined one that had looked already
              assertThat(status("POST", "/workers/invariants/trigger", "")).isIn(200, 202);
              return query(
                  "select coalesce(resolution_reason, status) from attention where business_key = ?",
                  workflowId);
            },
            List.of("its run was terminated")::equals);
  }

  private static void scheduleHalfPast(String id, int hour, String zone) throws SQLException {
    ScheduleClient.newInstance(service)
        .createSchedule(
            id,
            Schedule.newBuilder()
                .setAction(
                    ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType("Nobody")
                        .setOptions(
                            WorkflowOptions.newBuilder()
                                .setWorkflowId(id)
                                .setTaskQueue("nobody-serves-it")
                                .build())
                        .build())
                .setSpec(
                    ScheduleSpec.newBuilder()
                        .setCalendars(
                            List.of(
                                ScheduleCalendarSpec.newBuilder()
                                    .setHour(List.of(new ScheduleRange(hour)))
                                    .setMinutes(List.of(new ScheduleRange(30)))
                                    .build()))
                        .setTimeZoneName(zone)
                        .build())
                .build(),
            ScheduleOptions.newBuilder().build());
    execute("insert into process (name, enabled, kinds) values (?, true, '{}')", id);
    execute(
        """
        insert into schedule (id, process, workflow_id, timing, zone, catch_up_seconds, timeout_seconds, note)
        select name, name, name, 'daily', 'UTC', 3600, 60, 'x' from process where name = ?
        """,
        id);
  }

  /** Until the server has the definition of this host. */
  private static void startAnotherHostUntil(String timing) {
    try (var _ = Applications.of(home, status).startWorkerHost(0)) {
      await()
          .atMost(SECONDS)
          .until(() ->
              get("/schedules/invariants").at("/timing").asString().equals(timing)
                  && everySeconds("invariants") == (timing.equals("every hour") ? 3600 : 1800));
    }
  }

  private static long everySeconds(String id) {
    return ScheduleClient.newInstance(service)
        .getHandle(id)
        .describe()
        .getSchedule()
        .getSpec()
        .getIntervals()
        .getFirst()
        .getEvery()
        .toSeconds();
  }

  private static void toggle(String how, String reason) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder(
                TemporalBinary.find(log::warn).toString(),
                "schedule",
                "toggle",
                "--address",
                status.temporalAddress(),
                "--schedule-id",
                "invariants",
                how,
                "--reason",
                reason)
            .inheritIO()
            .start()
            .waitFor();
    assertThat(exit).isZero();
  }

  private static JsonNode process(JsonNode health, String name) {
    return health
        .at("/processes")
        .valueStream()
        .filter(process -> process.at("/name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String ended(String workflowId) throws SQLException {
    return query("select status from sweep_run where workflow_id = ?", workflowId).stream()
        .findFirst()
        .orElse("");
  }

  private static List<Instant> completedBetween(Instant from, Instant to) throws SQLException {
    return query(
            """
            select to_char(nominal_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            from sweep_run
            where sweep = 'invariants' and status = 'completed' and nominal_at >= ?::timestamptz
              and nominal_at < ?::timestamptz
            order by nominal_at
            """,
            from.toString(),
            to.toString())
        .stream()
        .map(Instant::parse)
        .toList();
  }

  private static List<String> query(String sql, String... parameters) throws SQLException {
    try (Connection database = application();
        var query = database.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setString(i + 1, parameters[i]);
      }
      List<String> values = new ArrayList<>();
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
      return values;
    }
  }

  private static void execute(String sql, String parameter) throws SQLException {
    try (Connection database = application();
        var statement = database.prepareStatement(sql)) {
      statement.setString(1, parameter);
      statement.execute();
    }
  }

  private static Connection application() throws SQLException {
    DatabaseAddress address = RunningDatabase.address(home, status);
    return address.connect();
  }

  private static JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static JsonNode hostHealth(String group) throws IOException, InterruptedException {
    URI health =
        URI.create("http://127.0.0.1:" + ports.workerManagement() + "/actuator/health" + group);
    return JsonMapper.shared()
        .readTree(
            http.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
                .body());
  }

  private static int status(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, path, body).statusCode();
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(status.api() + "/api/v1" + path))
            .header("Authorization", "Bearer " + requireNonNull(status.keys().get("operator")))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
