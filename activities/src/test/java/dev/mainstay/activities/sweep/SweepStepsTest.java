package dev.mainstay.activities.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.sweep.SweepSteps.Begin;
import dev.mainstay.workflows.sweep.SweepSteps.End;
import dev.mainstay.workflows.sweep.SweepSteps.GaveUp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepStepsTest {

  private static final Counts COUNTS = Counts.of("added", 7).plus(Counts.of("looked at", 3));

  private final TestDatabase database = TestDatabase.create();
  private final SweepStepsImpl steps = new SweepStepsImpl(database.dsl(), database.transaction());

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    database.close();
  }

  @Test
  void recordsARunFromBeginToEnd() {
    UUID run = begin("first");
    assertThat(runs()).containsExactly("first 2026-11-22 06:00:00 running {}");

    steps.end(new End(run, COUNTS, null));

    assertThat(runs())
        .containsExactly("first 2026-11-22 06:00:00 completed {\"added\": 7, \"looked at\": 3}");
    assertThat(database.dsl().fetchSingle("select ended_at >= started_at from sweep_run").get(0))
        .isEqualTo(true);
  }

  @Test
  void eachStepMayRunTwice() {
    assertThat(begin("first")).isEqualTo(begin("first"));
    UUID run = begin("first");
    gaveUp(run, "a");
    gaveUp(run, "a");
    steps.end(new End(run, COUNTS, null));
    List<String> items = items();
    steps.end(new End(run, COUNTS, null));

    assertThat(runs())
        .singleElement()
        .asString()
        .contains("failed")
        .endsWith("1 gave up, see attention");
    assertThat(items()).isEqualTo(items).containsExactly("session-top-up a open");
  }

  @Test
  void aRunThatNeverEndedHasFailedWhenTheNextBegins() {
    begin("hung");
    UUID next = begin("next");
    UUID other = steps.begin(new Begin("invariants", "w", "other", Instant.EPOCH));

    assertThat(runs())
        .hasSize(3)
        .anyMatch(run -> run.startsWith("hung") && run.contains("failed {} never ended"))
        .filteredOn(run -> run.contains("running"))
        .hasSize(2);

    steps.end(new End(next, COUNTS, null));
    steps.end(new End(other, COUNTS, null));
    assertThat(runs()).filteredOn(run -> run.contains("completed")).hasSize(2);
  }

  @Test
  void whatGaveUpIsClosedByTheNextRunThatGoesOverItInPeace() {
    UUID first = begin("first");
    gaveUp(first, "a");
    gaveUp(first, "b");
    steps.end(new End(first, COUNTS, null));
    UUID invariants = steps.begin(new Begin("invariants", "w", "other", Instant.EPOCH));
    gaveUp(invariants, "a");
    assertThat(items())
        .containsOnly("session-top-up a open", "session-top-up b open", "invariants a open");

    UUID second = begin("second");
    gaveUp(second, "b");
    steps.end(new End(second, COUNTS, null));
    assertThat(items())
        .containsOnly(
            "session-top-up a resolved succeeded sweep/session-top-up",
            "session-top-up b open",
            "invariants a open");

    UUID third = begin("third");
    steps.end(new End(third, COUNTS, null));
    assertThat(items())
        .containsOnly(
            "session-top-up a resolved succeeded sweep/session-top-up",
            "session-top-up b resolved succeeded sweep/session-top-up",
            "invariants a open");
  }

  @Test
  void aRunThatWasCutShortClosesNothing() {
    UUID first = begin("first");
    gaveUp(first, "a");
    steps.end(new End(first, COUNTS, null));

    UUID second = begin("second");
    steps.end(new End(second, COUNTS, "cancelled"));

    assertThat(runs())
        .last()
        .asString()
        .endsWith("failed {\"added\": 7, \"looked at\": 3} cancelled");
    assertThat(items()).containsExactly("session-top-up a open");
  }

  private UUID begin(String runId) {
    return steps.begin(
        new Begin(
            "session-top-up",
            "sweep/session-top-up",
            runId,
            Instant.parse("2026-11-22T06:00:00Z")));
  }

  private void gaveUp(UUID run, String step) {
    steps.gaveUp(new GaveUp(run, step, "a bug", step + "/Bug"));
  }

  private List<String> runs() {
    return database
        .dsl()
        .fetch(
            "select concat_ws(' ', run_id, nominal_at at time zone 'UTC', status, counts, error) as run from sweep_run order by id")
        .getValues("run", String.class);
  }

  private List<String> items() {
    return database
        .dsl()
        .fetch(
            "select concat_ws(' ', process, step, status, resolution, resolved_by) as item from attention order by id")
        .getValues("item", String.class);
  }
}
