package dev.mainstay.workflows.task;

import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;

/** The steps of a task; how often they are tried is the task's own to say. */
enum TaskStep {
  BEGIN("begin", Duration.ofSeconds(30), "takes the task over"),

  /** All that a person ever did here is read and packed. */
  MAKE("make", Duration.ofMinutes(15), "makes the file anew, in place of the one before"),

  SEND("send", Duration.ofMinutes(2), "sends the mail, unless it was sent");

  /** Of what cannot be cancelled any more. */
  static final Step END =
      new Step(
          "end",
          5,
          Duration.ofSeconds(30),
          "records that the task has ended",
          List.of(OperatorAction.RETRY));

  private final String text;
  private final Duration timeout;
  private final String retryEffect;

  TaskStep(String text, Duration timeout, String retryEffect) {
    this.text = text;
    this.timeout = timeout;
    this.retryEffect = retryEffect;
  }

  Step triedAgain(int maxRetries) {
    return new Step(
        text,
        1 + maxRetries,
        timeout,
        retryEffect,
        List.of(OperatorAction.RETRY, OperatorAction.CANCEL));
  }
}
