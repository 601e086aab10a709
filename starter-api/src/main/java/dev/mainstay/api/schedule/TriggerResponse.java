package dev.mainstay.api.schedule;

import dev.mainstay.api.schedule.Schedule.Run;
import org.jspecify.annotations.Nullable;

/**
 * The result of a trigger.
 *
 * @param id of the schedule
 * @param workflowId of the run that is open now
 * @param runId absent if the server was too busy to return it
 * @param joined whether the run was already open
 */
public record TriggerResponse(
    String id, String workflowId, @Nullable String runId, boolean joined) {

  static TriggerResponse started(String id, Run run) {
    return new TriggerResponse(id, run.workflowId(), run.runId(), false);
  }

  static TriggerResponse joined(String id, Run run) {
    return new TriggerResponse(id, run.workflowId(), run.runId(), true);
  }
}
