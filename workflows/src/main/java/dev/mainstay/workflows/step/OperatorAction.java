package dev.mainstay.workflows.step;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an operator may do about a step that waits. */
public enum OperatorAction {
  @JsonProperty("retry")
  RETRY("retry"),
  @JsonProperty("skip")
  SKIP("skip"),
  @JsonProperty("cancel")
  CANCEL("cancel");

  private final String text;

  OperatorAction(String text) {
    this.text = text;
  }

  /** The signal's name. */
  public String text() {
    return text;
  }
}
