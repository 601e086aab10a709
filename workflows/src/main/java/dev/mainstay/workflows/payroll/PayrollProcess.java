package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.process.IntakeKind;
import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;

/** The process payroll: its steps, and what starts it. */
public final class PayrollProcess {

  static final Step BEGIN = step("begin", Duration.ofSeconds(30), "looks where the run stands");

  static final Step PROPOSE =
      step("propose", Duration.ofMinutes(15), "works out again what would be paid")
          .on(TaskQueues.BULK);

  static final Step APPROVAL =
      step("approval", Duration.ofSeconds(30), "looks again whether the run was approved");

  static final Step CANCEL = step("cancel", Duration.ofSeconds(30), "ends the run");

  static final Step PLAN_FREEZE =
      step("plan", Duration.ofMinutes(2), "plans the pages that are left").on(TaskQueues.BULK);

  static final Step PLAN_PAYING = PLAN_FREEZE.on(TaskQueues.PAYMENTS);

  static final Step FREEZE =
      step("freeze", Duration.ofMinutes(15), "freezes what is not frozen yet").on(TaskQueues.BULK);

  static final Step CONCLUDE =
      step("conclude", Duration.ofMinutes(30), "compares again what was frozen and approved")
          .on(TaskQueues.BULK);

  static final Step PAY =
      step("pay", Duration.ofMinutes(15), "pays what is not paid yet; nothing is paid twice")
          .on(TaskQueues.PAYMENTS);

  static final Step BEGIN_PAYING = PAY.on(TaskQueues.BULK);

  static final Step CHECK_TRANSFERS =
      step(
              "check-transfers",
              Duration.ofMinutes(15),
              "asks the provider again which transfers it has made")
          .on(TaskQueues.PAYMENTS);

  /** Adopting and disowning are no signals: REST writes the decision, then retries. */
  static final Step UNKNOWN_TRANSFERS =
      new Step(
              "unknown-transfers",
              5,
              Duration.ofMinutes(2),
              "asks the provider again which transfers it has made; pays nothing while one is"
                  + " unknown",
              List.of(OperatorAction.RETRY, OperatorAction.ADOPT, OperatorAction.NOT_OURS))
          .on(TaskQueues.PAYMENTS);

  static final Step PAUSE = step("pause", Duration.ofSeconds(30), "pauses the run");

  static final Step RECEIPTS =
      new Step(
              "receipts",
              5,
              Duration.ofMinutes(15),
              "writes the receipts that are not written yet",
              List.of(OperatorAction.RETRY, OperatorAction.SKIP))
          .on(TaskQueues.BULK);

  static final Step FINISH =
      step("finish", Duration.ofSeconds(30), "looks again what is left to be paid");

  public static final ProcessType TYPE =
      ProcessType.of(PayrollWorkflow.NAME, PayrollWorkflow.class)
          .withSteps(
              BEGIN,
              PROPOSE,
              APPROVAL,
              CANCEL,
              PLAN_FREEZE,
              FREEZE,
              CONCLUDE,
              CHECK_TRANSFERS,
              UNKNOWN_TRANSFERS,
              PAY,
              PAUSE,
              RECEIPTS,
              FINISH)
          .startedBy(
              IntakeKind.of(PayrollWorkflow.NAME, PayrollIntake.class, PayrollIntake::start));

  static final Step LAUNCH =
      new Step("launch", 5, Duration.ofSeconds(30), "asks for the run again", List.of());

  public static final ProcessType WEEKLY =
      ProcessType.of(WeeklyPayrollWorkflow.NAME, WeeklyPayrollWorkflow.class).withSteps(LAUNCH);

  public static final ProcessType MONTHLY =
      ProcessType.of(MonthlyPayrollWorkflow.NAME, MonthlyPayrollWorkflow.class).withSteps(LAUNCH);

  static final Step COLLECT = reconciling("collect", Duration.ofMinutes(15));
  static final Step COMPARE = reconciling("compare", Duration.ofMinutes(30));

  public static final ProcessType RECONCILIATION =
      ProcessType.of(PayrollReconciliation.NAME, PayrollReconciliation.class)
          .withSteps(COLLECT, COMPARE);

  private PayrollProcess() {}

  private static Step reconciling(String name, Duration timeout) {
    return new Step(name, 3, timeout, "the next run does it again", List.of())
        .on(TaskQueues.PAYMENTS);
  }

  private static Step step(String name, Duration timeout, String retryEffect) {
    return new Step(name, 5, timeout, retryEffect, List.of(OperatorAction.RETRY));
  }
}
