package dev.mainstay.workflows.reminder;

import dev.mainstay.workflows.page.Counts;

/** The sweep over appointments. */
public final class AppointmentReminderWorkflowImpl implements AppointmentReminderWorkflow {

  @Override
  public Counts run() {
    return ReminderSweep.run(Reminder.APPOINTMENT);
  }
}
