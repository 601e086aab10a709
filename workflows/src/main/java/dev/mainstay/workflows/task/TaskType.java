package dev.mainstay.workflows.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of tasks for a person. */
public enum TaskType {
  /** Welcomes somebody. */
  @JsonProperty("welcome-email")
  WELCOME_EMAIL("welcome-email", "email-notifications", false),
  /** Sends a link by which a new password can be set, once. */
  @JsonProperty("password-reset-email")
  PASSWORD_RESET_EMAIL("password-reset-email", "email-notifications", false),
  /** Makes a ZIP of all data of the person, and sends a link to it. */
  @JsonProperty("user-data-export")
  USER_DATA_EXPORT("user-data-export", "data-export", true),
  /** Makes a summary for the person to read, and sends a link to it. */
  @JsonProperty("user-report")
  USER_REPORT("user-report", "report-generation", true);

  private final String text;
  private final String feature;
  private final boolean makesFile;

  TaskType(String text, String feature, boolean makesFile) {
    this.text = text;
    this.feature = feature;
    this.makesFile = makesFile;
  }

  /** The type's name in paths and tables. */
  public String text() {
    return text;
  }

  /** The flag that switches it on and off: {@code mainstay.features.<feature>.enabled}. */
  public String feature() {
    return feature;
  }

  /** Whether it makes a file to be downloaded before it sends its mail. */
  public boolean makesFile() {
    return makesFile;
  }

  /** The type of that name, if there is one. */
  public static Optional<TaskType> of(String text) {
    return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
  }
}
