package dev.mainstay.activities.task;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.TASK;
import static java.util.Objects.requireNonNull;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.task.TaskStatus;
import dev.mainstay.workflows.task.TaskSteps;
import dev.mainstay.workflows.task.TaskWorkflow;
import dev.mainstay.workflows.task.TaskWorkflow.Result;
import java.time.InstantSource;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.transaction.support.TransactionOperations;

/** Each step one transaction. */
public final class TaskStepsImpl implements TaskSteps {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final InstantSource clock;

  public TaskStepsImpl(
      DSLContext database, TransactionOperations transaction, InstantSource clock) {
    this.database = database;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public boolean begin(UUID taskId) {
    return requireNonNull(
        transaction.execute(_ -> {
          database
              .update(INTAKE)
              .set(INTAKE.DONE_AT, DSL.currentInstant())
              .where(
                  INTAKE.BUSINESS_ID.eq(taskId),
                  INTAKE.KIND.eq(TaskWorkflow.NAME),
                  INTAKE.DONE_AT.isNull())
              .execute();
          return database.fetchExists(
              TASK,
              TASK.ID.eq(taskId),
              TASK.STATUS.in(TaskStatus.PENDING.text(), TaskStatus.RUNNING.text()));
        }));
  }

  @Override
  public Result end(UUID taskId, Ending ending) {
    return result(
        requireNonNull(
            transaction.execute(_ ->
                switch (ending) {
                  case TIMED_OUT -> end(taskId, TaskStatus.FAILED, "timed-out");
                  case CANCELLED -> end(taskId, TaskStatus.CANCELLED, "cancelled");
                })));
  }

  private String end(UUID taskId, TaskStatus status, String reason) {
    return Routines.endTask(
        database.configuration(), taskId, status.text(), reason, clock.instant());
  }

  /** How a task has ended that has this status. */
  static Result result(String status) {
    return switch (TaskStatus.of(status)) {
      case COMPLETED -> Result.COMPLETED;
      case FAILED -> Result.FAILED;
      case CANCELLED -> Result.CANCELLED;
      case PENDING, RUNNING -> throw new IllegalStateException("The task is still " + status);
    };
  }
}
