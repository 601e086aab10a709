package dev.mainstay.api.temporal;

import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes an unavailable Temporal, or one without a timely answer, from every other failure.
 */
public final class TemporalUnavailable {

  private TemporalUnavailable() {}

  /** Whether the failure, or one of its causes, shows that. */
  public static boolean explains(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StatusRuntimeException call && isUnavailable(call)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnavailable(StatusRuntimeException call) {
    return switch (call.getStatus().getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, CANCELLED -> true;
      default -> false;
    };
  }
}
