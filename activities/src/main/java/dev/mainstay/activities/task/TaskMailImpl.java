package dev.mainstay.activities.task;

import static dev.mainstay.db.generated.Tables.TASK;
import static java.util.Objects.requireNonNull;

import dev.mainstay.activities.notification.MessageSender;
import dev.mainstay.activities.notification.SendOutcome;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.task.TaskStatus;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.notification.MessageKind;
import dev.mainstay.workflows.task.TaskMail;
import dev.mainstay.workflows.task.TaskType;
import dev.mainstay.workflows.task.TaskWorkflow.Result;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.transaction.support.TransactionOperations;

/** Sends between two short transactions, never inside one. */
public final class TaskMailImpl implements TaskMail {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final MessageSender sender;
  private final InstantSource clock;

  public TaskMailImpl(
      DSLContext database,
      TransactionOperations transaction,
      MessageSender sender,
      InstantSource clock) {
    this.database = database;
    this.transaction = transaction;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public Result send(UUID taskId) {
    requireNonNull(transaction.execute(_ -> plan(taskId))).ifPresent(this::deliver);
    return TaskStepsImpl.result(
        requireNonNull(
            transaction.execute(_ ->
                Routines.endTaskByMessage(database.configuration(), taskId, clock.instant()))));
  }

  /** The task's message; none where the task has ended. */
  private Optional<UUID> plan(UUID taskId) {
    String status = Routines.startTask(database.configuration(), taskId, clock.instant());
    return status.equals(TaskStatus.RUNNING.text())
        ? Optional.of(
            Routines.planTaskMessage(database.configuration(), taskId, kind(type(taskId)).text()))
        : Optional.empty();
  }

  private void deliver(UUID message) {
    SendOutcome outcome = sender.send(Channel.EMAIL, List.of(message));
    if (outcome.left() > 0) {
      throw new IllegalStateException("The mail was not sent: " + outcome.said());
    }
  }

  private TaskType type(UUID taskId) {
    return database
        .select(TASK.TYPE)
        .from(TASK)
        .where(TASK.ID.eq(taskId))
        .fetchSingle(row -> TaskType.of(row.value1()).orElseThrow());
  }

  private static MessageKind kind(TaskType type) {
    return switch (type) {
      case WELCOME_EMAIL -> MessageKind.WELCOME;
      case PASSWORD_RESET_EMAIL -> MessageKind.PASSWORD_RESET;
      case USER_DATA_EXPORT -> MessageKind.YOUR_DATA;
      case USER_REPORT -> MessageKind.YOUR_REPORT;
    };
  }
}
