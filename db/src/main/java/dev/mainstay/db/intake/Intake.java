package dev.mainstay.db.intake;

import static dev.mainstay.db.generated.Tables.INTAKE;

import dev.mainstay.db.Sha256;
import java.util.Arrays;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes rows in. The insert is the acknowledgement and the dedupe: once the caller's transaction
 * has committed, the process will run, whatever happens to this process or to Temporal.
 */
public final class Intake {

  /** The source of rows whose purchases were split off their batch. */
  public static final String SPLIT_OFF = "split-off";

  private final DSLContext database;
  private final IntakeWake wake;

  public Intake(DSLContext database, IntakeWake wake) {
    this.database = database;
    this.wake = wake;
  }

  /**
   * Inserts a row, or finds the earlier one with the same source and key. Call it inside a
   * transaction; the drainer is woken after the commit.
   */
  public IntakeResult take(IntakeRow row) {
    wakeAfterCommit();
    byte[] hash = Sha256.of(row.body());
    int inserted =
        database
            .insertInto(INTAKE)
            .set(INTAKE.KIND, row.kind())
            .set(INTAKE.SOURCE, row.source())
            .set(INTAKE.KEY, row.key())
            .set(INTAKE.BODY_HASH, hash)
            .set(INTAKE.BUSINESS_ID, row.businessId())
            .set(INTAKE.BODY, JSONB.valueOf(row.body()))
            .set(INTAKE.CLIENT, row.client())
            .set(INTAKE.CORRELATION_ID, row.correlationId())
            .onConflict(INTAKE.SOURCE, INTAKE.KEY)
            .doNothing()
            .execute();
    if (inserted == 1) {
      return new IntakeResult(row.businessId(), true, true);
    }
    return database
        .select(INTAKE.BUSINESS_ID, INTAKE.BODY_HASH)
        .from(INTAKE)
        .where(INTAKE.SOURCE.eq(row.source()), INTAKE.KEY.eq(row.key()))
        .fetchSingle(
            first -> new IntakeResult(first.value1(), false, Arrays.equals(first.value2(), hash)));
  }

  /**
   * Wakes the drainer once the transaction at hand has committed: for a step that inserts its rows
   * by a statement of its own.
   */
  public void wakeAfterCommit() {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            wake.wake();
          }
        });
  }
}
