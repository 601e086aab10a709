package dev.mainstay.workflows.task;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttendedWorkflow;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.task.TaskSteps.Ending;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;

/** Wait out the delay; then make the file, where there is one to make, and send the mail. */
public final class TaskWorkflowImpl extends AttendedWorkflow implements TaskWorkflow {

  private static final OperatorNote CANCELLED =
      new OperatorNote("temporal", "cancelled in Temporal");
  private static final OperatorNote TIMED_OUT = new OperatorNote("task", "its timeout has passed");

  private final Input input;
  private final CancellationScope work;
  private Result result = Result.COMPLETED;
  private boolean ended;
  private Ending ending = Ending.CANCELLED;
  private OperatorNote why = CANCELLED;

  @WorkflowInit
  public TaskWorkflowImpl(Input input) {
    super(input.taskId(), input.correlationId());
    this.input = input;
    this.work = Workflow.newCancellationScope(this::work);
  }

  @Override
  public Result run(Input ignored) {
    try {
      work.run();
    } catch (CanceledFailure cancelled) {
      Workflow.newDetachedCancellationScope(this::giveUp).run();
    }
    ended = true;
    Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
        .run();
    return result;
  }

  private void work() {
    if (!runUntilDone(TaskStep.BEGIN, this::begin)) {
      result = Result.CANCELLED;
      return;
    }
    waitOutTheDelay();
    CancellationScope timer = startTimer();
    if (input.type().makesFile()) {
      runUntilDone(TaskStep.MAKE, this::make);
    }
    result = runUntilDone(TaskStep.SEND, this::send);
    timer.cancel();
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
    CancellationScope timer =
        Workflow.newCancellationScope(() -> {
          if (input.timeout() != null) {
            var _ =
                Workflow.newTimer(input.timeout())
                    .thenApply(_ -> {
                      end(Ending.TIMED_OUT, TIMED_OUT);
                      return null;
                    });
          }
        });
    timer.run();
    return timer;
  }

  private void giveUp() {
    if (!attention.close(OperatorAction.CANCEL, why) && ending == Ending.CANCELLED) {
      attention.record(OperatorAction.CANCEL, why, null);
    }
    result = runUntilDone(TaskStep.END, this::end);
  }

  private boolean begin(Step step, boolean retried) throws StepGaveUp {
    return retried
        ? StepRunner.again(step, TaskSteps.class, steps -> steps.begin(input.taskId()))
        : StepRunner.run(step, TaskSteps.class, steps -> steps.begin(input.taskId()));
  }

  private boolean make(Step step, boolean retried) throws StepGaveUp {
    return StepRunner.runOn(
        TaskQueues.BULK, step, TaskFiles.class, files -> files.make(input.taskId()));
  }

  private Result send(Step step, boolean retried) throws StepGaveUp {
    return StepRunner.runOn(
        TaskQueues.MESSAGES_EMAIL, step, TaskMail.class, mail -> mail.send(input.taskId()));
  }

  private Result end(Step step, boolean retried) throws StepGaveUp {
    return retried
        ? StepRunner.again(step, TaskSteps.class, steps -> steps.end(input.taskId(), ending))
        : StepRunner.run(step, TaskSteps.class, steps -> steps.end(input.taskId(), ending));
  }

  private <R> R runUntilDone(TaskStep step, Attempt<R> attempt) {
    return runUntilDone(step.triedAgain(input.maxRetries()), attempt);
  }

  private <R> R runUntilDone(Step step, Attempt<R> attempt) {
    for (boolean retried = false; true; retried = true) {
      try {
        return attempt.run(step, retried);
      } catch (StepGaveUp gaveUp) {
        attention.awaitOperator(item(step, gaveUp));
      }
    }
  }

  private AttentionItem item(Step step, StepGaveUp gaveUp) {
    return new AttentionItem(
        NAME,
        Workflow.getInfo().getWorkflowId(),
        input.taskId(),
        step.name(),
        "step-failed",
        gaveUp.error(),
        gaveUp.fingerprint(),
        step.retryEffect(),
        step.actions(),
        null,
        null,
        input.correlationId());
  }

  /** One go at a step, with all its tries. */
  @FunctionalInterface
  private interface Attempt<R> {
    R run(Step step, boolean retried) throws StepGaveUp;
  }

  private void end(Ending how, OperatorNote note) {
    if (!ended && !work.isCancelRequested()) {
      ending = how;
      why = note;
      work.cancel(note.reason());
    }
  }

  @Override
  public void cancel(OperatorNote note) {
    String error = AttentionWait.validationError(note);
    if (error == null) {
      end(Ending.CANCELLED, note);
    } else {
      attention.record(OperatorAction.CANCEL, note, error);
    }
  }

  @Override
  public void cancelAndTell(OperatorNote note) {
    cancel(note);
    Workflow.await(() -> ended);
  }

  @Override
  public void validateCancel(OperatorNote note) {
    AttentionWait.requireApplicable(AttentionWait.validationError(note));
  }

  @Override
  public String waitingFor() {
    return attention.waitingFor();
  }
}
