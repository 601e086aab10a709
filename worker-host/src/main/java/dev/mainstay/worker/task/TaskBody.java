package dev.mainstay.worker.task;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.mainstay.workflows.task.TaskPriority;
import dev.mainstay.workflows.task.TaskType;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task's intake row. */
@JsonIgnoreProperties(ignoreUnknown = true)
record TaskBody(
    String type,
    UUID customerId,
    String priority,
    int maxRetries,
    @Nullable Instant notBefore,
    @Nullable Integer timeoutSeconds) {

  TaskType taskType() {
    return TaskType.of(type).orElseThrow(() -> unknown(type));
  }

  TaskPriority taskPriority() {
    return TaskPriority.of(priority).orElseThrow(() -> unknown(priority));
  }

  @Nullable Duration timeout() {
    return timeoutSeconds == null ? null : Duration.ofSeconds(timeoutSeconds);
  }

  private static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException("A task's intake row names an unknown " + what);
  }
}
