package dev.mainstay.worker.observation;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PROCESS;
import static dev.mainstay.db.generated.Tables.SCHEDULE;
import static dev.mainstay.db.generated.Tables.SWEEP_RUN;
import static dev.mainstay.db.generated.Tables.WORKER_HOST;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The figures that only the database knows, read every half minute by index. Every host reports the
 * same. While the database is unavailable these gauges are absent, rather than old.
 */
final class DatabaseGauges {

  /** Three heartbeats. */
  static final Duration SILENT = Duration.ofSeconds(90);

  /** A host that has been silent for so long has been replaced, or is not missed. */
  static final Duration FORGOTTEN = Duration.ofHours(1);

  private static final String SECONDS = "seconds";

  // Exhausted rows wait for an operator, not for the drainer.
  private static final Condition WAITING =
      INTAKE.DONE_AT.isNull().and(condition("leased_until is distinct from 'infinity'"));

  private final DSLContext database;
  private final InstantSource clock;
  private final List<String> kinds;
  private final MultiGauge attention;
  private final MultiGauge waiting;
  private final MultiGauge wait;
  private final MultiGauge hosts;
  private final MultiGauge lag;

  /**
   * Of this database.
   *
   * @param kinds of intake row that the product knows
   */
  DatabaseGauges(
      DSLContext database, InstantSource clock, List<String> kinds, MeterRegistry metrics) {
    this.database = database;
    this.clock = clock;
    this.kinds = List.copyOf(kinds);
    this.attention =
        MultiGauge.builder("mainstay.attention.open")
            .description("Attention items that wait for an operator")
            .register(metrics);
    this.waiting =
        MultiGauge.builder("mainstay.intake.waiting")
            .description("Intake rows whose first step has not run")
            .register(metrics);
    this.wait =
        MultiGauge.builder("mainstay.intake.wait")
            .baseUnit(SECONDS)
            .description("How long the oldest of them has waited")
            .register(metrics);
    this.hosts =
        MultiGauge.builder("mainstay.hosts")
            .description("Worker hosts, by their heartbeats")
            .register(metrics);
    this.lag =
        MultiGauge.builder("mainstay.schedule.lag")
            .baseUnit(SECONDS)
            .description("How long ago the last run that succeeded was meant to run")
            .register(metrics);
  }

  @Scheduled(fixedRateString = "30s")
  void read() {
    try {
      Instant now = clock.instant();
      attention.register(attention(), true);
      intake(now);
      hosts.register(hosts(now), true);
      lag.register(lags(now), true);
    } catch (RuntimeException e) {
      List.of(attention, waiting, wait, hosts, lag)
          .forEach(gauge -> gauge.register(List.of(), true));
      throw e;
    }
  }

  /** Reports zero for a process without items. */
  private List<Row<?>> attention() {
    Map<String, Number> open = new TreeMap<>();
    database.select(PROCESS.NAME).from(PROCESS).forEach(row -> open.put(row.value1(), 0));
    database
        .select(ATTENTION.PROCESS, count())
        .from(ATTENTION)
        .where(ATTENTION.STATUS.eq(inline("open")))
        .groupBy(ATTENTION.PROCESS)
        .forEach(row -> open.put(row.value1(), row.value2()));
    return rows("process", open);
  }

  /** Reports zero for a kind without rows. */
  private void intake(Instant now) {
    Map<String, Number> rows = new TreeMap<>();
    Map<String, Number> oldest = new TreeMap<>();
    for (String kind : kinds) {
      rows.put(kind, 0);
      oldest.put(kind, 0);
    }
    database
        .select(INTAKE.KIND, count(), min(coalesce(INTAKE.RESTARTED_AT, INTAKE.RECEIVED_AT)))
        .from(INTAKE)
        .where(WAITING)
        .groupBy(INTAKE.KIND)
        .forEach(row -> {
          rows.put(row.value1(), row.value2());
          oldest.put(row.value1(), secondsBetween(row.value3(), now));
        });
    waiting.register(rows("kind", rows), true);
    wait.register(rows("kind", oldest), true);
  }

  private List<Row<?>> hosts(Instant now) {
    Condition heard = WORKER_HOST.LAST_HEARTBEAT_AT.ge(now.minus(SILENT));
    Condition lost = WORKER_HOST.LAST_HEARTBEAT_AT.between(now.minus(FORGOTTEN), now.minus(SILENT));
    return database
        .select(count().filterWhere(heard), count().filterWhere(lost))
        .from(WORKER_HOST)
        .where(WORKER_HOST.STOPPED_AT.isNull())
        .fetchSingle(row -> rows("state", Map.of("running", row.value1(), "lost", row.value2())));
  }

  /** Counted from the first run where none has succeeded yet. */
  private List<Row<?>> lags(Instant now) {
    var succeeded =
        field(
            select(SWEEP_RUN.NOMINAL_AT)
                .from(SWEEP_RUN)
                .where(SWEEP_RUN.SWEEP.eq(SCHEDULE.ID), SWEEP_RUN.STATUS.eq(inline("completed")))
                .orderBy(SWEEP_RUN.ID.desc())
                .limit(1));
    var first =
        field(
            select(SWEEP_RUN.NOMINAL_AT)
                .from(SWEEP_RUN)
                .where(SWEEP_RUN.SWEEP.eq(SCHEDULE.ID))
                .orderBy(SWEEP_RUN.ID)
                .limit(1));
    Map<String, Number> lags = new TreeMap<>();
    database
        .select(SCHEDULE.ID, coalesce(succeeded, first))
        .from(SCHEDULE)
        .where(coalesce(succeeded, first).isNotNull())
        .forEach(row -> lags.put(row.value1(), secondsBetween(row.value2(), now)));
    return rows("schedule", lags);
  }

  private static double secondsBetween(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }

  private static List<Row<?>> rows(String tag, Map<String, ? extends Number> values) {
    List<Row<?>> rows = new ArrayList<>();
    values.forEach((name, value) -> rows.add(Row.of(Tags.of(tag, name), value)));
    return rows;
  }
}
