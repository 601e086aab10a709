package dev.mainstay.activities.sweep;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.SWEEP_RUN;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonEntry;
import static org.jooq.impl.DSL.jsonbObject;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.sweep.SweepSteps;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps the record of a sweep's runs. A sweep's attention item is about the last run in which its
 * part gave up, so that a later run knows which items it has outlived.
 */
public final class SweepStepsImpl implements SweepSteps {

  private static final String RUNNING = "running";
  private static final String FAILED = "failed";
  private static final Condition OPEN = ATTENTION.STATUS.eq(inline("open"));

  private final DSLContext database;
  private final TransactionOperations transaction;

  public SweepStepsImpl(DSLContext database, TransactionOperations transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  @Override
  public UUID begin(Begin begin) {
    return transaction.execute(_ -> {
      database
          .update(SWEEP_RUN)
          .set(SWEEP_RUN.STATUS, FAILED)
          .set(SWEEP_RUN.ENDED_AT, currentInstant())
          .set(SWEEP_RUN.ERROR, "never ended: it was terminated, or hung until its time was up")
          .where(
              SWEEP_RUN.SWEEP.eq(begin.sweep()),
              SWEEP_RUN.STATUS.eq(inline(RUNNING)),
              SWEEP_RUN.RUN_ID.ne(begin.runId()))
          .execute();
      database
          .insertInto(SWEEP_RUN)
          .set(SWEEP_RUN.SWEEP, begin.sweep())
          .set(SWEEP_RUN.WORKFLOW_ID, begin.workflowId())
          .set(SWEEP_RUN.RUN_ID, begin.runId())
          .set(SWEEP_RUN.NOMINAL_AT, begin.nominalAt())
          .onConflictDoNothing()
          .execute();
      return database
          .select(SWEEP_RUN.ID)
          .from(SWEEP_RUN)
          .where(SWEEP_RUN.RUN_ID.eq(begin.runId()))
          .fetchSingle()
          .value1();
    });
  }

  @Override
  public void gaveUp(GaveUp gaveUp) {
    database
        .insertInto(
            ATTENTION,
            ATTENTION.PROCESS,
            ATTENTION.BUSINESS_KEY,
            ATTENTION.SUBJECT_ID,
            ATTENTION.STEP,
            ATTENTION.REASON,
            ATTENTION.ERROR,
            ATTENTION.FINGERPRINT,
            ATTENTION.RETRY_EFFECT,
            ATTENTION.ACTIONS)
        .select(
            select(
                    SWEEP_RUN.SWEEP,
                    SWEEP_RUN.SWEEP,
                    SWEEP_RUN.ID,
                    val(gaveUp.step()),
                    val("step-failed"),
                    val(gaveUp.error()),
                    val(gaveUp.fingerprint()),
                    val("the next run takes the same rows again"),
                    val(new String[0]))
                .from(SWEEP_RUN)
                .where(SWEEP_RUN.ID.eq(gaveUp.run())))
        .onConflict(ATTENTION.BUSINESS_KEY, ATTENTION.STEP)
        .where(OPEN)
        .doUpdate()
        .set(ATTENTION.SUBJECT_ID, DSL.excluded(ATTENTION.SUBJECT_ID))
        .set(ATTENTION.ERROR, DSL.excluded(ATTENTION.ERROR))
        .set(ATTENTION.FINGERPRINT, DSL.excluded(ATTENTION.FINGERPRINT))
        .execute();
  }

  @Override
  public void end(End end) {
    transaction.executeWithoutResult(_ -> {
      String error = end.cutShort() == null ? whatGaveUp(end.run()) : end.cutShort();
      database
          .update(SWEEP_RUN)
          .set(SWEEP_RUN.STATUS, error == null ? "completed" : FAILED)
          .set(SWEEP_RUN.ENDED_AT, currentInstant())
          .set(SWEEP_RUN.COUNTS, json(end.counts()))
          .set(SWEEP_RUN.ERROR, error)
          .where(SWEEP_RUN.ID.eq(end.run()))
          .execute();
      if (end.cutShort() == null) {
        closeItemsBefore(end.run());
      }
    });
  }

  private @Nullable String whatGaveUp(UUID run) {
    int parts = database.fetchCount(ATTENTION, OPEN, ATTENTION.SUBJECT_ID.eq(run));
    return parts == 0 ? null : parts + " gave up, see attention";
  }

  private void closeItemsBefore(UUID run) {
    database
        .update(ATTENTION)
        .set(ATTENTION.STATUS, "resolved")
        .set(ATTENTION.RESOLVED_AT, currentInstant())
        .set(ATTENTION.RESOLUTION, "succeeded")
        .set(ATTENTION.RESOLVED_BY, SWEEP_RUN.WORKFLOW_ID)
        .set(ATTENTION.RESOLUTION_REASON, "a later run succeeded")
        .from(SWEEP_RUN)
        .where(
            SWEEP_RUN.ID.eq(run),
            ATTENTION.BUSINESS_KEY.eq(SWEEP_RUN.SWEEP),
            OPEN,
            // ids rise with time
            ATTENTION.SUBJECT_ID.lt(run))
        .execute();
  }

  private static Field<JSONB> json(Counts counts) {
    return jsonbObject(
        counts.byName().entrySet().stream()
            .map(count -> jsonEntry(count.getKey(), val(count.getValue())))
            .toList());
  }
}
