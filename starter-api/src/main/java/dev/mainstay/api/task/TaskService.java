package dev.mainstay.api.task;

import static dev.mainstay.db.generated.Tables.TASK;
import static java.util.Objects.requireNonNullElse;

import dev.mainstay.api.Features;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.TimeOrderedId;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.TaskRecord;
import dev.mainstay.workflows.task.TaskIntake;
import dev.mainstay.workflows.task.TaskPriority;
import dev.mainstay.workflows.task.TaskType;
import dev.mainstay.workflows.task.TaskWorkflow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Creates tasks. */
@Component
class TaskService {

  private static final int MAX_RETRIES = 3;

  private final CommandRunner commands;
  private final DSLContext database;
  private final InstantSource clock;
  private final Features features;

  TaskService(CommandRunner commands, DSLContext database, InstantSource clock, Features features) {
    this.commands = commands;
    this.database = database;
    this.clock = clock;
    this.features = features;
  }

  /**
   * Creates a task.
   *
   * @throws Refusal if such tasks are off, the customer is unknown or the timeout is zero
   */
  TaskAcceptedResponse create(TaskType type, TaskRequest request, Caller caller) {
    return commands
        .by(caller)
        .needingBackend()
        .runOnce(
            TaskAcceptedResponse.class,
            () -> {
              features.require(TaskWorkflow.NAME);
              features.require(type.feature());
              if (Duration.ZERO.equals(request.timeout())) {
                throw Refusal.field("/timeout", "must be longer than nothing");
              }
              return insert(row(type, request, caller), caller);
            });
  }

  private TaskAcceptedResponse insert(TaskRecord task, Caller caller) {
    if (!Routines.lockCustomer(database.configuration(), task.getCustomerId())) {
      throw Refusal.field("/customerId", "is no customer's id");
    }
    UUID id = task.getId();
    database.insertInto(TASK).set(task).execute();
    commands.start(TaskWorkflow.NAME, id, body(task), caller);
    return TaskAcceptedResponse.pending(id);
  }

  private static TaskIntake body(TaskRecord task) {
    return new TaskIntake(
        TaskType.of(task.getType()).orElseThrow(),
        task.getCustomerId(),
        TaskPriority.of(task.getPriority()).orElseThrow(),
        task.getMaxRetries(),
        task.getNotBefore(),
        task.getTimeoutSeconds());
  }

  private TaskRecord row(TaskType type, TaskRequest request, Caller caller) {
    Duration delay = requireNonNullElse(request.delay(), Duration.ZERO);
    TaskRecord row = new TaskRecord();
    row.setId(TimeOrderedId.next(clock));
    row.setType(type.text());
    row.setCustomerId(request.customerId());
    row.setPriority(requireNonNullElse(request.priority(), TaskPriority.NORMAL.text()));
    row.setMaxRetries(requireNonNullElse(request.maxRetries(), MAX_RETRIES).shortValue());
    row.setNotBefore(delay.isZero() ? null : clock.instant().plus(delay));
    row.setTimeoutSeconds(seconds(request.timeout()));
    row.setClient(caller.name());
    row.setCorrelationId(caller.correlationId());
    return row;
  }

  /** Rounded up: it is not to end early. */
  private static @Nullable Integer seconds(@Nullable Duration timeout) {
    return timeout == null ? null : (int) timeout.plusSeconds(1).minusNanos(1).toSeconds();
  }
}
