package dev.mainstay.workflows.notification;

import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.ProcessStart;
import java.util.List;
import java.util.UUID;

/**
 * A notification's intake row.
 *
 * @param event as {@code booking.created}
 * @param subjectId of the booking, the purchase, ...
 */
public record NotificationIntake(String event, UUID subjectId) {

  /** An event that is claimed alone has a run of its own, which waits for operators. */
  static ProcessStart start(UUID claimId, List<Claimed<NotificationIntake>> rows) {
    return rows.size() == 1 ? single(rows.getFirst()) : batch(claimId, rows);
  }

  private static ProcessStart single(Claimed<NotificationIntake> row) {
    NotificationIntake body = row.body();
    return ProcessStart.of(
        NotificationWorkflow.class,
        NotificationWorkflow.id(body.event, body.subjectId),
        new NotificationWorkflow.Input(
            row.businessId(), body.event, body.subjectId, row.correlationId()),
        List.of(body.subjectId.toString()));
  }

  private static ProcessStart batch(UUID claimId, List<Claimed<NotificationIntake>> rows) {
    return ProcessStart.of(
        NotificationBatchWorkflow.class,
        NotificationBatchWorkflow.id(claimId),
        new NotificationBatchWorkflow.Input(rows.stream().map(Claimed::businessId).toList()),
        rows.stream().map(row -> row.body().subjectId.toString()).distinct().toList());
  }
}
