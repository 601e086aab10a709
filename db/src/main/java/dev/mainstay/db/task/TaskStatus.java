package dev.mainstay.db.task;

import java.util.Arrays;
import java.util.Set;

/** The statuses of a task and which may follow which. */
public enum TaskStatus {
  PENDING("pending"),
  RUNNING("running"),
  COMPLETED("completed"),
  FAILED("failed"),
  CANCELLED("cancelled");

  private final String text;

  TaskStatus(String text) {
    this.text = text;
  }

  /** The text in {@code task.status} and in JSON. */
  public String text() {
    return text;
  }

  /** The status with this text. */
  public static TaskStatus of(String text) {
    return Arrays.stream(values())
        .filter(status -> status.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown status of a task " + text));
  }

  /** The statuses that may follow this one. */
  public Set<TaskStatus> followers() {
    return switch (this) {
      case PENDING -> Set.of(RUNNING, FAILED, CANCELLED);
      case RUNNING -> Set.of(COMPLETED, FAILED, CANCELLED);
      case COMPLETED, FAILED, CANCELLED -> Set.of();
    };
  }
}
