package dev.mainstay.activities.recovery;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.UNFINISHED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.recovery.Runs.Run;
import dev.mainstay.activities.recovery.Runs.State;
import dev.mainstay.activities.recovery.UnfinishedWork.Lost;
import dev.mainstay.db.generated.tables.records.IntakeRecord;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.ProcessTypes;
import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.IntakeKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A Temporal that has lost everything, as long as a test does not say what runs. */
public final class TestRecovery {

  private final TestDatabase database;
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  public final UnfinishedWork work;

  public TestRecovery(TestDatabase database) {
    this.database = database;
    this.work = new UnfinishedWork(database.dsl(), id -> Optional.ofNullable(runs.get(id)));
  }

  void run(String workflowId, State state) {
    runs.put(
        workflowId,
        new Run(
            state, Instant.EPOCH, state == State.RUNNING ? null : Instant.EPOCH.plusSeconds(1)));
  }

  /** Every row was claimed, and its run has made its first step. */
  public void begun() {
    database
        .admin()
        .execute(
            """
            update intake
            set claims = 1, claim_id = coalesce(claim_id, new_id()), leased_until = now(), done_at = now(), received_at = now() - interval '1 day'
            """);
  }

  public List<Lost> lost() {
    return work.lost(null, 500).lost();
  }

  /** The ids of the runs that were lost, each as it would run alone. */
  public List<String> lostRuns() {
    return lost().stream().map(Lost::run).toList();
  }

  public int restart() {
    return work.restart(lost(), "ana", "Temporal is back", "c").size();
  }

  /** Every row of unfinished work names the run that the drainer starts for it. */
  public void assertRunsAreNamedAsTheyAreStarted() {
    var rows =
        database
            .dsl()
            .select(UNFINISHED.RUNS, UNFINISHED.KIND, UNFINISHED.PROCESS)
            .select(INTAKE.asterisk())
            .from(UNFINISHED)
            .join(INTAKE)
            .on(INTAKE.ID.eq(UNFINISHED.INTAKE_ID))
            .fetch();
    assertThat(rows).isNotEmpty();
    assertThat(rows)
        .allSatisfy(row -> {
          IntakeRecord intake = row.into(INTAKE);
          assertThat(row.get(UNFINISHED.RUNS)).contains(workflowId(kind(intake.getKind()), intake));
          assertThat(process(intake.getKind())).isEqualTo(row.get(UNFINISHED.PROCESS));
        });
  }

  private static <B> String workflowId(IntakeKind<B> kind, IntakeRecord row) {
    B body = JsonMapper.shared().readValue(row.getBody().data(), kind.body());
    return kind.start()
        .of(
            requireNonNull(row.getClaimId()),
            List.of(new Claimed<>(body, row.getBusinessId(), row.getCorrelationId())))
        .workflowId();
  }

  private static IntakeKind<?> kind(String name) {
    return ProcessTypes.ALL.stream()
        .flatMap(process -> process.intake().stream())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String process(String kind) {
    return ProcessTypes.ALL.stream()
        .filter(process -> process.intake().stream().anyMatch(intake -> intake.name().equals(kind)))
        .findFirst()
        .orElseThrow()
        .name();
  }

  /** As {@code process step reason status by}, in order. */
  public List<@Nullable String> items() {
    return database
        .dsl()
        .fetch(
            "select concat_ws(' ', process, step, reason, status, resolution, resolved_by) as item from attention order by id")
        .getValues("item", String.class);
  }

  List<@Nullable String> audit() {
    return database
        .dsl()
        .fetch(
            "select concat_ws(' ', by, action, subject, reason, outcome) as entry from audit_event order by id")
        .getValues("entry", String.class);
  }

  /** The rows that the drainer may claim. */
  public List<UUID> waiting() {
    return database
        .dsl()
        .select(INTAKE.BUSINESS_ID)
        .from(INTAKE)
        .where(INTAKE.DONE_AT.isNull(), INTAKE.CLAIMS.eq((short) 0))
        .orderBy(INTAKE.ID)
        .fetch(INTAKE.BUSINESS_ID);
  }
}
