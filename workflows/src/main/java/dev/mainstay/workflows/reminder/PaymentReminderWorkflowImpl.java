package dev.mainstay.workflows.reminder;

import dev.mainstay.workflows.page.Counts;

/** The sweep over payments. */
public final class PaymentReminderWorkflowImpl implements PaymentReminderWorkflow {

  @Override
  public Counts run() {
    return ReminderSweep.run(Reminder.PAYMENT);
  }
}
