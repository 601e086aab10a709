package dev.mainstay.worker.host;

import static dev.mainstay.db.generated.Tables.WORKER_HOST;

import dev.mainstay.db.DatabaseUnavailable;
import dev.mainstay.db.generated.tables.records.WorkerHostRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Records in the database every 30 seconds that this host is running, and at the end that it
 * stopped in order. Hosts that have been silent for a week are forgotten.
 */
final class Heartbeat implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

  private final DSLContext database;
  private final InstantSource clock;
  private final WorkerHost host;
  private final StepCounts counts;
  private final Instant startedAt;
  private volatile boolean running;

  Heartbeat(DSLContext database, InstantSource clock, WorkerHost host, StepCounts counts) {
    this.database = database;
    this.clock = clock;
    this.host = host;
    this.counts = counts;
    this.startedAt = clock.instant();
  }

  @Override
  public void start() {
    running = true;
  }

  /** Comes first when the application has started. */
  @Scheduled(fixedRateString = "30s")
  void beat() {
    Instant now = clock.instant();
    write(now, null);
    database
        .deleteFrom(WORKER_HOST)
        .where(WORKER_HOST.LAST_HEARTBEAT_AT.lt(now.minus(FORGOTTEN_AFTER)))
        .execute();
  }

  @Override
  public void stop() {
    running = false;
    Instant now = clock.instant();
    try {
      write(now, now);
    } catch (RuntimeException e) {
      if (!DatabaseUnavailable.explains(e)) {
        throw e;
      }
      log.warn("The database is away: this host will look lost, not stopped");
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stopped after the workers. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 2;
  }

  private void write(Instant now, @Nullable Instant stoppedAt) {
    WorkerHostRecord row = new WorkerHostRecord();
    row.setIdentity(host.identity());
    row.setBackend(host.backend());
    row.setQueues(host.queues().toArray(String[]::new));
    row.setModules(host.modules().toArray(String[]::new));
    row.setStartedAt(startedAt);
    row.setLastHeartbeatAt(now);
    row.setStoppedAt(stoppedAt);
    row.setDone(counts.done());
    row.setFailed(counts.failed());
    database
        .insertInto(WORKER_HOST)
        .set(row)
        .onConflict(WORKER_HOST.IDENTITY)
        .doUpdate()
        .setAllToExcluded()
        .execute();
  }
}
