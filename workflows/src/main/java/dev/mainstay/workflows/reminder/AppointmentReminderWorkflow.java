package dev.mainstay.workflows.reminder;

import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.sweep.Sweep;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/**
 * Sweep: reminds customers who consent of bookings and course sessions that start in a day, once.
 */
@WorkflowInterface
public interface AppointmentReminderWorkflow {

  /** The sweep's name, which is its module's, its Schedule's and its flag's. */
  String NAME = "appointment-reminder";

  /** The workflow's type. */
  String TYPE = "AppointmentReminder";

  /** Ends a run that hangs; its turn comes every hour. */
  Duration EXECUTION_TIMEOUT = Duration.ofMinutes(55);

  /** The workflow's id; the Schedule adds the nominal time. */
  static String id() {
    return Sweep.id(NAME);
  }

  /** Writes what is due, and sends it and what waited; what its parts did, together. */
  @WorkflowMethod(name = TYPE)
  Counts run();
}
