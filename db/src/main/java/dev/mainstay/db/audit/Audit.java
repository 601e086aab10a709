package dev.mainstay.db.audit;

import static dev.mainstay.db.generated.Tables.AUDIT_EVENT;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.AuditEventRecord;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Writes the audit log, inside the transaction of what it tells of. */
public final class Audit {

  private final DSLContext database;

  public Audit(DSLContext database) {
    this.database = database;
  }

  /** Adds the entry. */
  public void record(AuditEntry entry) {
    database.insertInto(AUDIT_EVENT).set(row(entry)).execute();
  }

  /**
   * Adds the entry unless it was added before, for a step that may run twice.
   *
   * @param id the entry's own, made where it is the same each time
   */
  public void recordOnce(UUID id, AuditEntry entry) {
    // A unique index cannot tell, as it would have to hold the month too: who comes at the same
    // time waits here, until the first one's transaction has ended.
    database.execute(
        "select pg_advisory_xact_lock(hashtextextended({0}, 0))", DSL.val("audit/" + id));
    if (!database.fetchExists(AUDIT_EVENT, AUDIT_EVENT.ID.eq(id))) {
      AuditEventRecord row = row(entry);
      row.setId(id);
      database.insertInto(AUDIT_EVENT).set(row).execute();
    }
  }

  /** Seals what was written since the last block; how many rows. */
  public long seal() {
    return Routines.sealAudit(database.configuration());
  }

  private static AuditEventRecord row(AuditEntry entry) {
    AuditEventRecord row = new AuditEventRecord();
    row.setBy(entry.by());
    row.setAction(entry.action());
    row.setSubject(entry.subject());
    row.setSubjectId(entry.subjectId());
    row.setReason(entry.reason());
    row.setOutcome(entry.outcome().text());
    row.setDetail(entry.detail());
    row.setCorrelationId(entry.correlationId());
    return row;
  }
}
