package dev.mainstay.workflows.task;

import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.process.ProcessWorkflow;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.task.TaskSteps.Ending;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Wait out the delay; then make the file, where there is one to make, and send the mail. */
public final class TaskWorkflowImpl extends ProcessWorkflow implements TaskWorkflow {

  private static final OperatorNote TIMED_OUT = new OperatorNote("task", "its timeout has passed");

  private final Input input;
  private final UUID id;
  private Ending ending = Ending.CANCELLED;

  @WorkflowInit
  public TaskWorkflowImpl(Input input) {
    super(NAME, input.taskId(), input.correlationId());
    this.input = input;
    this.id = input.taskId();
  }

  @Override
  public Result run(Input ignored) {
    return complete(this::work, this::end);
  }

  private Result work() {
    if (!run(tried(TaskProcess.BEGIN), TaskSteps.class, steps -> steps.begin(id))) {
      return Result.CANCELLED;
    }
    waitOutTheDelay();
    CancellationScope timer = startTimer();
    if (input.type().makesFile()) {
      var _ = run(tried(TaskProcess.MAKE), TaskFiles.class, files -> files.make(id));
    }
    Result sent = run(tried(TaskProcess.SEND), TaskMail.class, mail -> mail.send(id));
    timer.cancel();
    return sent;
  }

  private Result end() {
    return run(TaskProcess.END, TaskSteps.class, steps -> steps.end(id, ending));
  }

  private Step tried(Step step) {
    return step.withAttempts(1 + input.maxRetries());
  }

  private void waitOutTheDelay() {
    Instant notBefore = input.notBefore();
    if (notBefore == null) {
      return;
    }
    Duration delay =
        Duration.between(Instant.ofEpochMilli(Workflow.currentTimeMillis()), notBefore);
    if (delay.isPositive()) {
      attention.waitFor("its time, " + notBefore, () -> Workflow.sleep(delay));
    }
  }

  /** A task that is late is of no use: it ends wherever it is, also before an operator. */
  private CancellationScope startTimer() {
    Duration timeout = input.timeout();
    CancellationScope timer =
        Workflow.newCancellationScope(() -> {
          if (timeout != null) {
            var _ = Workflow.newTimer(timeout).thenApply(_ -> timeOut());
          }
        });
    timer.run();
    return timer;
  }

  private boolean timeOut() {
    if (stop(TIMED_OUT)) {
      ending = Ending.TIMED_OUT;
    }
    return true;
  }
}
