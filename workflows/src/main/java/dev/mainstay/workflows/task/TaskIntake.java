package dev.mainstay.workflows.task;

import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.ProcessStart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task's intake row. Its steps wait for workers in the order of its priority.
 *
 * @param maxRetries of each step, after its first try
 * @param timeoutSeconds of the whole task; null where it has no end
 */
public record TaskIntake(
    TaskType type,
    UUID customerId,
    TaskPriority priority,
    int maxRetries,
    @Nullable Instant notBefore,
    @Nullable Integer timeoutSeconds) {

  static ProcessStart start(Claimed<TaskIntake> row) {
    TaskIntake body = row.body();
    Integer seconds = body.timeoutSeconds;
    return ProcessStart.of(
            TaskWorkflow.class,
            TaskWorkflow.id(row.businessId()),
            new TaskWorkflow.Input(
                row.businessId(),
                body.type,
                body.maxRetries,
                body.notBefore,
                seconds == null ? null : Duration.ofSeconds(seconds),
                row.correlationId()),
            List.of(body.customerId.toString()))
        .withPriority(body.priority.key());
  }
}
