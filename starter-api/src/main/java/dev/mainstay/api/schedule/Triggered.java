package dev.mainstay.api.schedule;

import dev.mainstay.api.schedule.Schedule.Run;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger led to.
 *
 * @param id of the schedule
 * @param workflowId of the run that is open now
 * @param runId absent where the server was too busy to tell yet
 * @param joined whether the run was open before
 */
public record Triggered(String id, String workflowId, @Nullable String runId, boolean joined) {

  static Triggered started(String id, Run run) {
    return new Triggered(id, run.workflowId(), run.runId(), false);
  }

  static Triggered joined(String id, Run run) {
    return new Triggered(id, run.workflowId(), run.runId(), true);
  }
}
