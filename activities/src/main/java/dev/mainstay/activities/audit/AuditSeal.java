package dev.mainstay.activities.audit;

import dev.mainstay.db.audit.Audit;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the audit log, hourly. The last block's hash goes into the host's log, outside the
 * database's reach: it reveals whether blocks were removed from the end of the chain.
 */
public final class AuditSeal {

  private static final Logger log = LoggerFactory.getLogger(AuditSeal.class);

  private final Audit audit;

  public AuditSeal(DSLContext database) {
    this.audit = new Audit(database);
  }

  /**
   * Seals the rows written since the last block, and returns their number. Safe to run again, and
   * concurrently.
   */
  public long seal() {
    long rows = audit.seal();
    audit
        .head()
        .ifPresent(
            head -> log.info("Audit log sealed up to block {}: {}", head.block(), head.hash()));
    return rows;
  }
}
