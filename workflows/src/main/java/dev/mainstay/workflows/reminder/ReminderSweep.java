package dev.mainstay.workflows.reminder;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.sweep.Sweep;
import dev.mainstay.workflows.sweep.SweepPosition;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.List;

/** Writes the due messages, then sends on all channels in parallel, each at its own pace. */
final class ReminderSweep {

  private ReminderSweep() {}

  static Counts run(Reminder reminder) {
    return Sweep.inParts(
        reminder.sweep(),
        start -> {
          Counts written = part(new ReminderPart(reminder, null), start).get();
          List<Promise<Counts>> channels =
              reminder.channels().stream()
                  .map(channel -> part(new ReminderPart(reminder, channel), start))
                  .toList();
          Promise.allOf(channels).get();
          return channels.stream().map(Promise::get).reduce(written, Counts::plus);
        });
  }

  private static Promise<Counts> part(ReminderPart part, SweepPosition start) {
    ReminderPartWorkflow child =
        Workflow.newChildWorkflowStub(
            ReminderPartWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(ReminderPartWorkflow.id(Workflow.getInfo().getWorkflowId(), part))
                // A part completes the work it has begun before the sweep is recorded as ended.
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setTypedSearchAttributes(
                    io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.PROCESS, part.reminder().sweep())
                        .build())
                .build());
    return Async.function(child::run, part, start);
  }
}
