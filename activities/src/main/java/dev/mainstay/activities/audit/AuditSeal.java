package dev.mainstay.activities.audit;

import dev.mainstay.db.audit.Audit;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the audit log, hourly. The last block's hash goes into the host's log, outside the
 * database's reach: whoever took blocks off the end of the chain is found by it.
 */
public final class AuditSeal {

  private static final Logger log = LoggerFactory.getLogger(AuditSeal.class);

  private final Audit audit;

  public AuditSeal(DSLContext database) {
    this.audit = new Audit(database);
  }

  /** Seals what was written since the last block; how many rows. Safe to run again, and at once. */
  public long seal() {
    long rows = audit.seal();
    audit
        .head()
        .ifPresent(
            head -> log.info("Audit log sealed up to block {}: {}", head.block(), head.hash()));
    return rows;
  }
}
