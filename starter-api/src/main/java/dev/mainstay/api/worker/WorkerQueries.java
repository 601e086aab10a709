package dev.mainstay.api.worker;

import static dev.mainstay.db.generated.Tables.PROCESS_HEALTH;
import static dev.mainstay.db.generated.Tables.WORKER_HOST;

import dev.mainstay.api.schedule.ScheduleQueries;
import dev.mainstay.api.stripe.WebhookNotices;
import dev.mainstay.api.worker.WorkersHealth.HostHealth;
import dev.mainstay.api.worker.WorkersHealth.LastRun;
import dev.mainstay.api.worker.WorkersHealth.ProcessHealth;
import dev.mainstay.db.generated.tables.records.ProcessHealthRecord;
import dev.mainstay.db.generated.tables.records.WorkerHostRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the workers' health from PostgreSQL; only the next runs are asked of Temporal. */
@Component
class WorkerQueries {

  /** Three heartbeats. */
  private static final Duration LOST_AFTER = Duration.ofSeconds(90);

  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

  private final DSLContext database;
  private final ScheduleQueries schedules;
  private final InstantSource clock;
  private final WebhookNotices notices;
  private final JsonMapper json;

  WorkerQueries(
      DSLContext database,
      ScheduleQueries schedules,
      InstantSource clock,
      WebhookNotices notices,
      JsonMapper json) {
    this.database = database;
    this.schedules = schedules;
    this.notices = notices;
    this.clock = clock;
    this.json = json;
  }

  WorkersHealth health() {
    Map<String, Instant> next = schedules.next();
    return new WorkersHealth(
        database
            .selectFrom(PROCESS_HEALTH)
            .orderBy(PROCESS_HEALTH.NAME)
            .fetch(row -> process(row, next.get(row.get(PROCESS_HEALTH.NAME)))),
        database.selectFrom(WORKER_HOST).orderBy(WORKER_HOST.IDENTITY).fetch(this::host),
        notices.list());
  }

  private ProcessHealth process(ProcessHealthRecord row, @Nullable Instant next) {
    return new ProcessHealth(
        row.get(PROCESS_HEALTH.NAME),
        row.get(PROCESS_HEALTH.ENABLED),
        row.get(PROCESS_HEALTH.IS_RUNNING),
        row.getLastAt() == null ? null : lastRun(row),
        next,
        row.getSuccessRate());
  }

  private LastRun lastRun(ProcessHealthRecord row) {
    return new LastRun(
        row.get(PROCESS_HEALTH.LAST_AT),
        row.get(PROCESS_HEALTH.LAST_RESULT),
        json.readValue(row.get(PROCESS_HEALTH.LAST_COUNTS).data(), COUNTS),
        row.get(PROCESS_HEALTH.LAST_SECONDS),
        row.getLastError());
  }

  private HostHealth host(WorkerHostRecord row) {
    Instant lost = clock.instant().minus(LOST_AFTER);
    String status =
        row.getStoppedAt() != null
            ? "stopped"
            : row.getLastHeartbeatAt().isBefore(lost) ? "lost" : "running";
    return new HostHealth(
        row.getIdentity(),
        status,
        row.getBackend(),
        List.of(row.getQueues()),
        List.of(row.getModules()),
        row.getStartedAt(),
        row.getLastHeartbeatAt(),
        row.getStoppedAt(),
        row.getDone(),
        row.getFailed());
  }
}
