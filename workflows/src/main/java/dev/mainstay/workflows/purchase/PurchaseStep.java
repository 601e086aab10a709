package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;

/** The steps of a purchase with their attempts (specification, §1 Purchase). */
final class PurchaseStep {

  private static final List<OperatorAction> ACTIONS =
      List.of(OperatorAction.RETRY, OperatorAction.CANCEL);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  static final Step CREATE =
      new Step("create", 3, TIMEOUT, "records payment, purchase and invoice, once", ACTIONS);

  static final Step ALLOCATE =
      new Step("allocate", 5, TIMEOUT, "looks for a trainer who is free", ACTIONS);

  static final Step SCHEDULE =
      new Step("schedule", 3, TIMEOUT, "schedules the sessions that are missing", ACTIONS);

  private PurchaseStep() {}
}
