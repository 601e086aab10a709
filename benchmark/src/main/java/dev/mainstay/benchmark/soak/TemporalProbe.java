package dev.mainstay.benchmark.soak;

import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Open runs, the latest history, and what the server's file takes on disk. */
final class TemporalProbe implements Probe {

  private static final Measure OPEN = new Measure("open runs", "", Tolerance.UNDER_WAY);
  private static final Measure EVENTS =
      new Measure("history of a purchase, events", "", Tolerance.HISTORY_EVENTS);
  private static final Measure BYTES =
      new Measure("history of a purchase", "bytes", Tolerance.HISTORY_BYTES);
  private static final Measure FILE =
      new Measure("Temporal's file", "bytes a purchase", Tolerance.BYTES_EACH);

  private final WorkflowClient client;
  private final Connection database;
  private final Path file;

  /**
   * Of a server.
   *
   * @param database where the runs' ids are
   * @param file that the server keeps everything in
   */
  TemporalProbe(WorkflowClient client, Connection database, Path file) {
    this.client = client;
    this.database = database;
    this.file = file;
  }

  @Override
  public void read(Sample into) throws SQLException, IOException {
    into.put(OPEN, client.countWorkflows("ExecutionStatus = 'Running'").getCount());
    Optional<UUID> claim = lastClaimOfOne();
    if (claim.isPresent()) {
      var run =
          client.newUntypedWorkflowStub(PurchaseBatchWorkflow.id(claim.orElseThrow())).describe();
      into.put(EVENTS, run.getHistoryLength());
      into.put(BYTES, run.getWorkflowExecutionInfo().getHistorySizeBytes());
    }
    into.put(FILE, (double) size() / purchases());
  }

  /** With what is only in the log yet, where it keeps one. */
  private long size() throws IOException {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    return Files.size(file) + (Files.exists(log) ? Files.size(log) : 0);
  }

  /** Of which the run has closed a while ago, as it takes part of a second. */
  private Optional<UUID> lastClaimOfOne() throws SQLException {
    try (var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                """
                select claim_id
                from (select claim_id, received_at from intake where kind = 'purchase' and done_at < now() - interval '3 s'
                      order by id desc limit 100)
                group by claim_id
                having count(*) = 1
                order by max(received_at) desc
                limit 1\
                """)) {
      return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
    }
  }

  private long purchases() throws SQLException {
    try (var statement = database.createStatement();
        var row = statement.executeQuery("select greatest(1, count(*)) from purchase")) {
      row.next();
      return row.getLong(1);
    }
  }
}
