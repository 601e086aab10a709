package dev.mainstay.workflows.reminder;

import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.Sweep;
import dev.mainstay.workflows.sweep.SweepPosition;
import io.temporal.workflow.Workflow;

/** Pages over the appointments that are due, or over the messages that wait on a channel. */
public final class ReminderPartWorkflowImpl implements ReminderPartWorkflow {

  private static final Class<ReminderSteps> STEPS = ReminderSteps.class;

  @Override
  public Counts run(ReminderPart part, SweepPosition from) {
    Reminder reminder = part.reminder();
    Channel channel = part.channel();
    return channel == null
        ? Sweep.part(
            from,
            after ->
                StepRunner.run(
                    ReminderProcess.PLAN,
                    STEPS,
                    steps -> steps.planDue(reminder, from.nominalAt(), after)),
            (page, nominal) ->
                StepRunner.run(
                    ReminderProcess.WRITE, STEPS, steps -> steps.write(reminder, page, nominal)),
            position -> Workflow.continueAsNew(part, position))
        : Sweep.part(
            from,
            after ->
                StepRunner.run(
                    ReminderProcess.PLAN,
                    STEPS,
                    steps -> steps.planSending(reminder, channel, after)),
            (page, _) ->
                StepRunner.run(
                    ReminderProcess.SEND.on(channel.queue()),
                    STEPS,
                    steps -> steps.send(reminder, channel, page)),
            position -> Workflow.continueAsNew(part, position));
  }
}
