package dev.mainstay.api.task;

import static dev.mainstay.db.generated.Tables.TASK;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.mainstay.api.BackendProperties;
import dev.mainstay.api.Features;
import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.database.IntakeDatabase;
import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.purchase.IdempotencyKeys;
import dev.mainstay.db.TimeOrderedId;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.TaskRecord;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeRow;
import dev.mainstay.db.intake.IntakeWake;
import dev.mainstay.workflows.task.TaskIntake;
import dev.mainstay.workflows.task.TaskPriority;
import dev.mainstay.workflows.task.TaskType;
import dev.mainstay.workflows.task.TaskWorkflow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Takes tasks in, each in one transaction. */
@Component
class TaskService {

  private static final int MAX_RETRIES = 3;

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final Intake intake;
  private final IdempotencyKeys idempotencyKeys;
  private final JsonMapper json;
  private final InstantSource clock;
  private final BackendProperties backend;
  private final Features features;

  TaskService(
      IntakeDatabase database,
      IntakeWake wake,
      JsonMapper json,
      InstantSource clock,
      BackendProperties backend,
      Features features) {
    this.database = database.jooq();
    this.transaction = database.transaction();
    this.intake = new Intake(this.database, wake);
    this.idempotencyKeys = new IdempotencyKeys(this.database, json);
    this.json = json;
    this.clock = clock;
    this.backend = backend;
    this.features = features;
  }

  /**
   * Takes in what a client asks for.
   *
   * @param idempotencyKey the client's own name for the request, null where it gave none
   * @throws Refusal if such tasks are off, the customer is unknown, or the idempotency key stands
   *     for something else; then nothing is stored
   */
  TaskAcceptedResponse take(
      TaskType type,
      TaskRequest order,
      @Nullable String idempotencyKey,
      ApiClient client,
      String correlationId) {
    backend.require();
    features.require(TaskWorkflow.NAME);
    features.require(type.feature());
    if (Duration.ZERO.equals(order.timeout())) {
      throw Refusal.fields(List.of(new FieldProblem("/timeout", "must be longer than nothing")));
    }
    return requireNonNull(
        transaction.execute(_ ->
            idempotencyKeys.firstAnswer(
                client.owner(),
                idempotencyKey,
                "POST /api/v1/tasks/" + type.text() + " " + json.writeValueAsString(order),
                () -> take(row(type, order, client, correlationId)),
                TaskAcceptedResponse.class,
                Function.identity(),
                Function.identity())));
  }

  private TaskAcceptedResponse take(TaskRecord task) {
    if (!Routines.lockCustomer(database.configuration(), task.getCustomerId())) {
      throw Refusal.fields(List.of(new FieldProblem("/customerId", "is no customer's id")));
    }
    UUID id = task.getId();
    database.insertInto(TASK).set(task).execute();
    var _ =
        intake.take(
            new IntakeRow(
                TaskWorkflow.NAME,
                TaskWorkflow.NAME,
                id.toString(),
                id,
                json.writeValueAsString(body(task)),
                task.getClient(),
                task.getCorrelationId()));
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

  private TaskRecord row(TaskType type, TaskRequest order, ApiClient client, String correlationId) {
    Duration delay = requireNonNullElse(order.delay(), Duration.ZERO);
    TaskRecord row = new TaskRecord();
    row.setId(TimeOrderedId.next(clock));
    row.setType(type.text());
    row.setCustomerId(order.customerId());
    row.setPriority(requireNonNullElse(order.priority(), TaskPriority.NORMAL.text()));
    row.setMaxRetries(requireNonNullElse(order.maxRetries(), MAX_RETRIES).shortValue());
    row.setNotBefore(delay.isZero() ? null : clock.instant().plus(delay));
    row.setTimeoutSeconds(seconds(order.timeout()));
    row.setClient(client.owner());
    row.setCorrelationId(correlationId);
    return row;
  }

  /** Rounded up: it is not to end early. */
  private static @Nullable Integer seconds(@Nullable Duration timeout) {
    return timeout == null ? null : (int) timeout.plusSeconds(1).minusNanos(1).toSeconds();
  }
}
