package dev.mainstay.worker.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseGaugesTest {

  private final TestDatabase database = TestDatabase.create();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final DatabaseGauges gauges =
      new DatabaseGauges(
          database.dsl(), InstantSource.system(), List.of("purchase", "refund"), metrics);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatWaitsForAnOperatorIsCountedByProcessAndNoneIsToldToo() {
    run("insert into process values ('refund', true, '{}')");
    run(
        "insert into attention (process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions, status, resolved_at, resolution)"
            + " select 'purchase', 'p/' || n, new_id(), 's', 'r', 'e', 'f', 'r', '{}', case n when 3 then 'resolved' else 'open' end,"
            + " case n when 3 then now() end, case n when 3 then 'retry' end from generate_series(1, 3) n");

    gauges.read();

    assertThat(value("mainstay.attention.open", "process", "purchase")).isEqualTo(2);
    assertThat(value("mainstay.attention.open", "process", "refund")).isZero();
  }

  @Test
  void whatTheDrainerShallStartWaitsButNotWhatItGaveUp() {
    gauges.read();
    assertThat(value("mainstay.intake.waiting", "kind", "purchase")).isZero();
    assertThat(value("mainstay.intake.wait", "kind", "purchase")).isZero();

    String row =
        "insert into intake (kind, source, key, body_hash, business_id, body, correlation_id, received_at, claim_id, claims, leased_until, done_at)"
            + " values ('purchase', 's', new_id()::text, '', new_id(), '{}', 'c', now() - interval ";
    run(row + "'1 day', null, 0, null, now())");
    run(row + "'1 hour', new_id(), 3, 'infinity', null)");
    run(row + "'5 min', new_id(), 1, now(), null)");
    run(row + "'1 min', null, 0, null, null)");
    run(row.replace("'purchase'", "'notification'") + "'9 min', null, 0, null, null)");
    gauges.read();

    assertThat(value("mainstay.intake.waiting", "kind", "purchase")).isEqualTo(2);
    assertThat(value("mainstay.intake.wait", "kind", "purchase")).isBetween(300.0, 360.0);
    assertThat(value("mainstay.intake.waiting", "kind", "notification")).isEqualTo(1);
  }

  @Test
  void aHostThatFellSilentIsLostForAnHourAndOneThatStoppedIsNot() {
    run(
        "insert into worker_host (identity, backend, queues, modules, started_at, last_heartbeat_at, stopped_at, done, failed)"
            + " select 'host-' || n, 'cluster', '{}', '{}', now(), now() - make_interval(secs => silent), stopped, 0, 0"
            + " from (values (1, 10, null), (2, 100, null), (3, 200, null), (4, 4000, null), (5, 100, now())) h(n, silent, stopped)");

    gauges.read();

    assertThat(value("mainstay.hosts", "state", "running")).isEqualTo(1);
    assertThat(value("mainstay.hosts", "state", "lost")).isEqualTo(2);
  }

  @Test
  void aScheduleLagsByItsLastSuccessOrByItsFirstRun() {
    run("insert into process values ('x', true, '{}')");
    run(
        "insert into schedule select s, 'x', 'w', '', 'UTC', 1, 1, '' from unnest('{good,never,new}'::text[]) s");
    run(
        "insert into sweep_run (sweep, workflow_id, run_id, nominal_at, ended_at, status, error)"
            + " values ('good', 'w', '1', now() - interval '3 h', now(), 'completed', null),"
            + " ('good', 'w', '2', now() - interval '2 h', now(), 'completed', null),"
            + " ('good', 'w', '3', now() - interval '1 h', now(), 'failed', 'e'),"
            + " ('never', 'w', '4', now() - interval '5 h', now(), 'failed', 'e'),"
            + " ('never', 'w', '5', now() - interval '4 h', null, 'running', null)");

    gauges.read();

    assertThat(value("mainstay.schedule.lag", "schedule", "good")).isBetween(7_200.0, 7_260.0);
    assertThat(value("mainstay.schedule.lag", "schedule", "never")).isBetween(18_000.0, 18_060.0);
    assertThat(metrics.find("mainstay.schedule.lag").gauges()).hasSize(2);
  }

  @Test
  void whileTheDatabaseIsAwayNothingOldIsTold() {
    gauges.read();
    assertThat(metrics.getMeters()).isNotEmpty();
    database.admin().execute("drop table intake cascade");

    assertThatThrownBy(gauges::read);

    assertThat(metrics.getMeters()).isEmpty();
  }

  private void run(String sql) {
    database.dsl().execute(sql);
  }

  private double value(String name, String... tags) {
    return metrics.get(name).tags(tags).gauge().value();
  }
}
