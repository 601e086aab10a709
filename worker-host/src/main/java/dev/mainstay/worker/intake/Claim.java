package dev.mainstay.worker.intake;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Rows of one kind that this host has claimed for a lease.
 *
 * @param rows at least one; more than one only for a kind that carries several in a run
 */
record Claim(UUID id, String kind, List<Row> rows) {

  /**
   * The correlation id of the claim's run: the one row's own, or the claim's id if a run carries
   * several; the drainer's log line then names theirs, and each event has its own.
   */
  String correlationId() {
    return rows.size() == 1 ? rows.getFirst().correlationId() : id.toString();
  }

  /** Whether one of the rows was opened again because its run was lost. */
  boolean restarts() {
    return rows.stream().anyMatch(Row::restarted);
  }

  /**
   * A claimed row.
   *
   * @param businessId the id of the row that the process will create
   * @param body the original JSON
   * @param waited the time since the row was inserted, or restarted
   * @param restarted whether it was opened again because its run was lost
   */
  record Row(
      UUID businessId, String body, String correlationId, Duration waited, boolean restarted) {}
}
