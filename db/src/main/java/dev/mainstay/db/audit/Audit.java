package dev.mainstay.db.audit;

import static dev.mainstay.db.generated.Tables.AUDIT_BLOCK;
import static dev.mainstay.db.generated.Tables.AUDIT_EVENT;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.AuditEventRecord;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Writes the audit log, in the transaction of the audited action. */
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
    // A unique index cannot prevent duplicates, as it would have to include the month: a concurrent
    // caller waits here until the first one's transaction has ended.
    database.execute(
        "select pg_advisory_xact_lock(hashtextextended({0}, 0))", DSL.val("audit/" + id));
    if (!database.fetchExists(AUDIT_EVENT, AUDIT_EVENT.ID.eq(id))) {
      AuditEventRecord row = row(entry);
      row.setId(id);
      database.insertInto(AUDIT_EVENT).set(row).execute();
    }
  }

  /** Seals what was written since the last block, and makes months ahead; how many rows. */
  public long seal() {
    database.execute("select make_partitions('audit_event')");
    return Routines.sealAudit(database.configuration());
  }

  /** The last block, where there is one. */
  public Optional<AuditHead> head() {
    return database
        .select(AUDIT_BLOCK.NUMBER, AUDIT_BLOCK.HASH)
        .from(AUDIT_BLOCK)
        .orderBy(AUDIT_BLOCK.NUMBER.desc())
        .limit(1)
        .fetchOptional(row -> new AuditHead(row.value1(), HexFormat.of().formatHex(row.value2())));
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
