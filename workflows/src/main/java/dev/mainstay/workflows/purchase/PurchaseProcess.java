package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.process.IntakeKind;
import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;

/** The process purchase: its steps (specification, §1 Purchase), and what starts it. */
public final class PurchaseProcess {

  private static final List<OperatorAction> ACTIONS =
      List.of(OperatorAction.RETRY, OperatorAction.CANCEL);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  static final Step CREATE =
      new Step("create", 3, TIMEOUT, "records payment, purchase and invoice, once", ACTIONS);

  static final Step ALLOCATE =
      new Step(
          "allocate",
          5,
          TIMEOUT,
          "looks for a trainer who is free",
          List.of(OperatorAction.RETRY, OperatorAction.ASSIGN_TRAINER, OperatorAction.CANCEL));

  // The admin service has 30 s, and what it answered is recorded then.
  private static final Duration ADMIN_SERVICE_TIMEOUT = Duration.ofSeconds(40);

  /** In place of {@link #ALLOCATE} where the admin service gives the trainers. */
  static final Step ALLOCATE_BY_ADMIN_SERVICE =
      new Step(
              ALLOCATE.name(),
              5,
              ADMIN_SERVICE_TIMEOUT,
              "asks the admin service for a trainer, by the same idempotency key unless it said no",
              ALLOCATE.actions())
          .on(TaskQueues.ADMIN_SERVICE);

  static final Step CONFIRM =
      new Step(
              "confirm",
              5,
              ADMIN_SERVICE_TIMEOUT,
              "asks the admin service whether the approved allocation is active",
              ACTIONS)
          .on(TaskQueues.ADMIN_SERVICE);

  /** Run for a signal: where it gives up, the signal is refused. */
  static final Step ASSIGN_TRAINER =
      new Step("assign-trainer", 5, TIMEOUT, "gives the trainer whom an operator chose", List.of());

  static final Step SCHEDULE =
      new Step("schedule", 3, TIMEOUT, "schedules the sessions that are missing", ACTIONS);

  /** Run for a whole batch. If it gives up, the drainer takes over its purchases. */
  static final Step SPLIT_OFF =
      new Step("split-off", 5, TIMEOUT, "lets each purchase go on alone", List.of());

  /** A cancellation that has begun can only be completed. */
  static final Step CANCEL =
      new Step(
          "cancel",
          5,
          TIMEOUT,
          "cancels future sessions and frees the trainer's place",
          List.of(OperatorAction.RETRY));

  /** If it gives up, the waiting purchases look for a trainer by themselves. */
  static final Step WHO_WAITS =
      new Step("who-waits", 5, TIMEOUT, "looks who waits for a trainer", List.of());

  /** Tells those who wait that a trainer is free. */
  public static final ProcessType TRAINER_FREE =
      ProcessType.of(TrainerFreeWorkflow.NAME, TrainerFreeWorkflow.class)
          .withSteps(WHO_WAITS)
          .startedBy(
              IntakeKind.of(
                  TrainerFreeWorkflow.NAME, TrainerFreeIntake.class, TrainerFreeIntake::start));

  private PurchaseProcess() {}

  /**
   * Starts purchases together, and one by one what was split off.
   *
   * @param mostPerRun how many purchases one run carries at most; 1 to {@link
   *     PurchaseBatchWorkflow#MAX_BATCH_SIZE}
   */
  public static ProcessType type(int mostPerRun, PurchaseWorkflow.Waits waits) {
    return ProcessType.of(
            PurchaseWorkflow.NAME, PurchaseBatchWorkflow.class, PurchaseWorkflow.class)
        .withSteps(
            CREATE,
            ALLOCATE,
            ALLOCATE_BY_ADMIN_SERVICE,
            CONFIRM,
            ASSIGN_TRAINER,
            SCHEDULE,
            SPLIT_OFF,
            CANCEL)
        .startedBy(
            IntakeKind.ofMany(
                PurchaseBatchWorkflow.KIND,
                PurchaseIntake.class,
                mostPerRun,
                PurchaseIntake::batch),
            IntakeKind.of(
                PurchaseWorkflow.KIND,
                PurchaseIntake.class,
                row -> PurchaseIntake.single(row, waits)));
  }
}
