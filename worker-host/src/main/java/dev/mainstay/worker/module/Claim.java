package dev.mainstay.worker.module;

import dev.mainstay.db.intake.IntakeKind;
import java.util.List;
import java.util.UUID;

/**
 * Rows of one kind that this host has claimed for a lease.
 *
 * @param rows at least one; more than one only for a kind that carries several in a run
 */
public record Claim(UUID id, IntakeKind kind, List<Row> rows) {

  /**
   * A claimed row.
   *
   * @param businessId the id of what the process will make
   * @param body JSON as it was taken in
   */
  public record Row(UUID businessId, String body, String correlationId) {}
}
