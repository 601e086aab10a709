package dev.mainstay.workflows.refund;

import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;

/** The steps of a refund with their attempts. */
final class RefundStep {

  /** Three questions to the provider at most, of 20 s each. */
  static final Step ASK =
      new Step(
          "ask",
          5,
          Duration.ofSeconds(90),
          "asks the provider for the money back, unless it has agreed already",
          List.of(OperatorAction.RETRY, OperatorAction.CANCEL));

  static final Step BOOK =
      new Step(
          "book",
          5,
          Duration.ofSeconds(30),
          "books what went back and is not booked yet",
          List.of(OperatorAction.RETRY));

  static final Step CANCEL =
      new Step(
          "cancel",
          5,
          Duration.ofSeconds(30),
          "lets the request be",
          List.of(OperatorAction.RETRY));

  private RefundStep() {}
}
