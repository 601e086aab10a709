package dev.mainstay.sandbox.simulator;

import org.jspecify.annotations.Nullable;

/**
 * The misbehaviour asked of a simulator. Omitted fields are normal.
 *
 * @param latencyMillis waits this long before it does anything
 * @param refuse says no, for good
 * @param fail breaks before it does anything
 * @param acceptAndLoseReply does it, then cuts the connection
 * @param acceptAndFail does it, then breaks
 * @param rateLimit this many requests a second, and a "too many" for the rest
 * @param calls for this many requests; otherwise until a reset
 * @param key for requests with this key; else for all
 * @param reset forgets every behaviour asked for before
 */
public record Behaviour(
    @Nullable Long latencyMillis,
    @Nullable Boolean refuse,
    @Nullable Boolean fail,
    @Nullable Boolean acceptAndLoseReply,
    @Nullable Boolean acceptAndFail,
    @Nullable Integer rateLimit,
    @Nullable Integer calls,
    @Nullable String key,
    @Nullable Boolean reset) {

  static final Behaviour NORMAL =
      new Behaviour(null, null, null, null, null, null, null, null, null);

  long latency() {
    return latencyMillis == null ? 0 : latencyMillis;
  }

  boolean losesReply() {
    return Boolean.TRUE.equals(acceptAndLoseReply);
  }

  boolean resets() {
    return Boolean.TRUE.equals(reset);
  }

  /** Whether it asks for anything but to forget. */
  boolean asksForSomething() {
    return !new Behaviour(null, null, null, null, null, null, null, null, reset).equals(this);
  }

  Fault wish() {
    if (Boolean.TRUE.equals(refuse)) {
      return Fault.REFUSE;
    }
    if (Boolean.TRUE.equals(fail)) {
      return Fault.FAIL;
    }
    return Boolean.TRUE.equals(acceptAndFail) ? Fault.OBEY_THEN_FAIL : Fault.OBEY;
  }
}
