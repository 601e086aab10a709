package dev.mainstay.workflows.step;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/**
 * The actions that an operator may take on a process. Each is a signal and an update of that name,
 * except for the decisions about unknown transfers, which REST writes before it retries, and for a
 * restart.
 */
public enum OperatorAction {
  /** Tries the step again that waits, with all its attempts. */
  @JsonProperty("retry")
  RETRY("retry"),
  /** Goes on without the step that waits. */
  @JsonProperty("skip")
  SKIP("skip"),
  /** Ends the process. */
  @JsonProperty("cancel")
  CANCEL("cancel"),
  /** Begins nothing new until it is resumed. */
  @JsonProperty("pause")
  PAUSE("pause"),
  /** Goes on where it was paused. */
  @JsonProperty("resume")
  RESUME("resume"),
  /** Gives a purchase the trainer it waits for. */
  @JsonProperty("assignTrainer")
  ASSIGN_TRAINER("assignTrainer"),
  /** Records unknown transfers as the payments of a run's payouts. */
  ADOPT("adopt"),
  /** Decides that unknown transfers paid no payout. */
  NOT_OURS("notOurs"),
  /** Starts a process again whose run was lost. */
  RESTART("restart");

  private final String text;

  OperatorAction(String text) {
    this.text = text;
  }

  /** The text in {@code attention.actions}, and the signal's name. */
  public String text() {
    return text;
  }

  /** The action of that name, if there is one. */
  public static Optional<OperatorAction> of(String text) {
    return Arrays.stream(values()).filter(action -> action.text.equals(text)).findFirst();
  }
}
