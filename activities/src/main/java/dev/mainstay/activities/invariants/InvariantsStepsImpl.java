package dev.mainstay.activities.invariants;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.INVARIANT_VIOLATION;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.inline;

import dev.mainstay.activities.audit.AuditSeal;
import dev.mainstay.activities.recovery.Runs;
import dev.mainstay.activities.recovery.Runs.Run;
import dev.mainstay.activities.recovery.UnfinishedWork;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.AttentionRecord;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.invariants.InvariantsSteps;
import dev.mainstay.workflows.invariants.InvariantsSweep;
import dev.mainstay.workflows.page.Counts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** Reports lost runs, closes items that nobody can answer any more, seals the log, and checks. */
public final class InvariantsStepsImpl implements InvariantsSteps {

  private static final Logger log = LoggerFactory.getLogger(InvariantsStepsImpl.class);

  private static final int PAGE = 100;

  /** What is younger may be between two rows, or with a run that has just begun. */
  private static final Duration MAY_BE_STARTING = Duration.ofMinutes(10);

  private static final String TEMPORAL = "temporal";
  private static final UUID FIRST = new UUID(0, 0);
  private static final Condition OPEN = ATTENTION.STATUS.eq(inline("open"));

  // Not the sweep's own name, which is the key of its parts that gave up.
  private static final String KEY = InvariantsSweep.NAME + "/" + InvariantsSweep.VIOLATIONS;
  private static final UUID SUBJECT = UUID.nameUUIDFromBytes(KEY.getBytes(StandardCharsets.UTF_8));
  private static final String STEP = "check";

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final Runs runs;
  private final UnfinishedWork unfinished;
  private final InstantSource clock;
  private final Audit audit;
  private final AuditSeal seal;

  public InvariantsStepsImpl(
      DSLContext database, TransactionOperations transaction, Runs runs, InstantSource clock) {
    this.database = database;
    this.transaction = transaction;
    this.runs = runs;
    this.unfinished = new UnfinishedWork(database, runs);
    this.clock = clock;
    this.audit = new Audit(database);
    this.seal = new AuditSeal(database);
  }

  @Override
  public Items reportLostRuns(@Nullable UUID after) {
    var page = unfinished.unreported(after, PAGE, clock.instant().minus(MAY_BE_STARTING));
    return new Items(unfinished.report(page.lost()), page.last());
  }

  @Override
  public long closeReports() {
    return unfinished.closeReports();
  }

  @Override
  public Items closeItemsOfTerminatedRuns(@Nullable UUID after) {
    var page =
        database
            .selectFrom(ATTENTION)
            .where(
                OPEN,
                ATTENTION.STEP.notIn(AttentionItem.STEPS_WITHOUT_RUN),
                ATTENTION.ID.gt(after == null ? FIRST : after))
            .orderBy(ATTENTION.ID)
            .limit(PAGE)
            .fetch();
    long closed = 0;
    for (AttentionRecord item : page) {
      closed +=
          runs.latest(item.getBusinessKey())
              .filter(run -> run.state().isEndedFromOutside())
              .filter(run -> isWithin(item.getOpenedAt(), run))
              .map(run -> close(item, run))
              .orElse(0);
    }
    return new Items(closed, page.size() < PAGE ? null : page.getLast().getId());
  }

  /** An item that was opened after the run's end waits for something else. */
  private static boolean isWithin(Instant openedAt, Run run) {
    return !openedAt.isBefore(run.startedAt()) && !openedAt.isAfter(requireNonNull(run.closedAt()));
  }

  private Integer close(AttentionRecord item, Run run) {
    String why = "its run " + run.state().words();
    return transaction.execute(_ -> {
      int closed =
          database
              .update(ATTENTION)
              .set(ATTENTION.STATUS, "resolved")
              .set(ATTENTION.RESOLVED_AT, currentInstant())
              .set(ATTENTION.RESOLUTION, "run-ended")
              .set(ATTENTION.RESOLVED_BY, TEMPORAL)
              .set(ATTENTION.RESOLUTION_REASON, why)
              .where(ATTENTION.ID.eq(item.getId()), OPEN)
              .execute();
      if (closed == 1) {
        audit.record(
            new AuditEntry(
                TEMPORAL,
                "close",
                item.getBusinessKey(),
                item.getSubjectId(),
                why,
                Outcome.DONE,
                "step " + item.getStep(),
                InvariantsSweep.NAME));
      }
      return closed;
    });
  }

  @Override
  public long sealAudit() {
    return seal.seal();
  }

  @Override
  public Counts check() {
    // first of all: money that may be wrong is not sent on
    int paused = requireNonNull(Routines.pausePayrollOnViolation(database.configuration()));
    if (paused > 0) {
      log.warn("Payroll's rules are broken: {} runs pay nothing more", paused);
    }
    Map<String, Long> byRule =
        database
            .select(INVARIANT_VIOLATION.RULE, count().coerce(Long.class))
            .from(INVARIANT_VIOLATION)
            .groupBy(INVARIANT_VIOLATION.RULE)
            .orderBy(INVARIANT_VIOLATION.RULE)
            .fetchMap(row -> row.value1(), row -> row.value2());
    Counts counts = Counts.of(InvariantsSweep.VIOLATIONS, 0);
    for (var rule : byRule.entrySet()) {
      counts =
          counts
              .plus(Counts.of(rule.getKey(), rule.getValue()))
              .plus(Counts.of(InvariantsSweep.VIOLATIONS, rule.getValue()));
    }
    if (byRule.isEmpty()) {
      closeItem();
    } else {
      openItem(byRule);
    }
    return counts;
  }

  private void openItem(Map<String, Long> byRule) {
    String found =
        byRule.entrySet().stream()
            .map(rule -> "%s (%d)".formatted(rule.getKey(), rule.getValue()))
            .collect(joining(", "));
    log.warn("What must always hold does not: {}", found);
    database
        .insertInto(ATTENTION)
        .set(ATTENTION.PROCESS, InvariantsSweep.NAME)
        .set(ATTENTION.BUSINESS_KEY, KEY)
        .set(ATTENTION.SUBJECT_ID, SUBJECT)
        .set(ATTENTION.STEP, STEP)
        .set(ATTENTION.REASON, InvariantsSweep.VIOLATIONS)
        .set(ATTENTION.ERROR, found + ": select * from invariant_violation")
        .set(ATTENTION.FINGERPRINT, KEY)
        .set(ATTENTION.RETRY_EFFECT, "the next run looks again")
        .set(ATTENTION.ACTIONS, new String[0])
        .onConflict(ATTENTION.BUSINESS_KEY, ATTENTION.STEP)
        .where(OPEN)
        .doUpdate()
        .set(ATTENTION.ERROR, DSL.excluded(ATTENTION.ERROR))
        .execute();
  }

  private void closeItem() {
    database
        .update(ATTENTION)
        .set(ATTENTION.STATUS, "resolved")
        .set(ATTENTION.RESOLVED_AT, currentInstant())
        .set(ATTENTION.RESOLUTION, "succeeded")
        .set(ATTENTION.RESOLVED_BY, InvariantsSweep.NAME)
        .set(ATTENTION.RESOLUTION_REASON, "a later run found nothing")
        .where(ATTENTION.BUSINESS_KEY.eq(KEY), ATTENTION.STEP.eq(STEP), OPEN)
        .execute();
  }
}
