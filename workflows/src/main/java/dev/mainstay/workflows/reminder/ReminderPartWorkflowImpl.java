package dev.mainstay.workflows.reminder;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.Sweep;
import dev.mainstay.workflows.sweep.SweepPosition;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/** Pages over the appointments that are due, or over the messages that wait on a channel. */
public final class ReminderPartWorkflowImpl implements ReminderPartWorkflow {

  private static final Class<ReminderSteps> STEPS = ReminderSteps.class;

  private static final Step PLAN =
      new Step("plan", 3, Duration.ofSeconds(30), "plans the pages again", List.of());

  // A page is a second of work; it is given minutes, for a database that is busy otherwise.
  private static final Step WRITE =
      new Step("write", 3, Duration.ofMinutes(5), "writes what is not written yet", List.of());

  // As long as a page takes whose every message waits for the gateway's own timeout.
  private static final Step SEND =
      new Step(
          "send", ReminderSteps.TRIES, Duration.ofMinutes(15), "sends what still waits", List.of());

  @Override
  public Counts run(ReminderPart part, SweepPosition from) {
    Reminder reminder = part.reminder();
    Channel channel = part.channel();
    return channel == null
        ? Sweep.part(
            from,
            after ->
                StepRunner.runOn(
                    TaskQueues.BULK,
                    PLAN,
                    STEPS,
                    steps -> steps.planDue(reminder, from.nominalAt(), after)),
            (page, nominal) ->
                StepRunner.runOn(
                    TaskQueues.BULK, WRITE, STEPS, steps -> steps.write(reminder, page, nominal)),
            position -> Workflow.continueAsNew(part, position))
        : Sweep.part(
            from,
            after ->
                StepRunner.runOn(
                    TaskQueues.BULK,
                    PLAN,
                    STEPS,
                    steps -> steps.planSending(reminder, channel, after)),
            (page, _) ->
                StepRunner.runOn(
                    channel.queue(), SEND, STEPS, steps -> steps.send(reminder, channel, page)),
            position -> Workflow.continueAsNew(part, position));
  }
}
