package dev.mainstay.workflows.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** The order in which waiting tasks get a worker. */
public enum TaskPriority {
  @JsonProperty("high")
  HIGH("high", 1),
  @JsonProperty("normal")
  NORMAL("normal", 3),
  @JsonProperty("low")
  LOW("low", 5);

  private final String text;
  private final int key;

  TaskPriority(String text, int key) {
    this.text = text;
    this.key = key;
  }

  public String text() {
    return text;
  }

  /** Temporal's priority key, 1 to 5: a lower one comes first; 3 is its default. */
  public int key() {
    return key;
  }

  /** The priority of that name, if there is one. */
  public static Optional<TaskPriority> of(String text) {
    return Arrays.stream(values()).filter(priority -> priority.text.equals(text)).findFirst();
  }
}
