package dev.mainstay.worker.observation;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The correlation id of the work that this thread does: in its log lines, and in what it starts.
 */
public final class Correlation {

  static final String NAME = "correlationId";

  private Correlation() {}

  /** Sets the correlation id of this thread's work until it is closed. */
  public static MDC.MDCCloseable of(String id) {
    return MDC.putCloseable(NAME, id);
  }

  static @Nullable String current() {
    return MDC.get(NAME);
  }

  static void set(@Nullable String id) {
    if (id == null) {
      MDC.remove(NAME);
    } else {
      MDC.put(NAME, id);
    }
  }
}
