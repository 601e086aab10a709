package dev.mainstay.api.task;

import dev.mainstay.db.task.TaskStatus;
import dev.mainstay.workflows.task.TaskWorkflow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * The response to an accepted task.
 *
 * @param workflowId of the run that does it
 * @param status {@code pending} at first
 */
record TaskAcceptedResponse(
    UUID id,
    @Schema(example = "task/01980d3e-7c1a-7b3e-9f00-0123456789ab") String workflowId,
    @Schema(example = "pending") String status) {

  static TaskAcceptedResponse pending(UUID id) {
    return new TaskAcceptedResponse(id, TaskWorkflow.id(id), TaskStatus.PENDING.text());
  }
}
