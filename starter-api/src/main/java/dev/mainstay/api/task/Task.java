package dev.mainstay.api.task;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task with its facts.
 *
 * @param reason why it failed or was cancelled, as {@code timed-out}
 * @param maxRetries the retries of each step after its first try
 * @param notBefore the end of its delay; null if it has none
 * @param timeout the limit, from the end of its delay; null if there is none
 * @param message its mail and the mail's outcome; null before it is planned
 * @param attention its items that wait for an operator
 */
record Task(
    UUID id,
    @Schema(
            allowableValues = {
              "welcome-email",
              "password-reset-email",
              "user-data-export",
              "user-report"
            })
        String type,
    UUID customerId,
    String workflowId,
    @Schema(allowableValues = {"pending", "running", "completed", "failed", "cancelled"})
        String status,
    @Nullable String reason,
    @Schema(allowableValues = {"high", "normal", "low"}) String priority,
    int maxRetries,
    @Nullable Instant notBefore,
    @Nullable Duration timeout,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Message message,
    List<UUID> attention) {

  /** The task's mail. */
  @Schema(name = "TaskMessage")
  record Message(
      UUID id,
      @Schema(allowableValues = {"waiting", "sent", "delivered", "suppressed", "failed", "unknown"})
          String status,
      String reason) {}
}
