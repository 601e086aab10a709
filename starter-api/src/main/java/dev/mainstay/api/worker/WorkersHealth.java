package dev.mainstay.api.worker;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mainstay.api.stripe.WebhookNotice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the workers are.
 *
 * @param processes one for each schedule, and one for each process that has none
 * @param hosts those that were heard of within the last week
 * @param notices providers' events that are not acted on, and what to do about it
 */
record WorkersHealth(
    List<ProcessHealth> processes, List<HostHealth> hosts, List<WebhookNotice> notices) {

  /**
   * The health of a process.
   *
   * @param name the worker, as {@code session-top-up}
   * @param enabled whether its feature flag is on
   * @param isRunning whether it is running now
   * @param lastRun the latest finished run of a scheduled process
   * @param nextRun absent while it is paused, and while Temporal is unavailable
   * @param successRate the share of its last 100 runs that completed, 0 to 1
   */
  record ProcessHealth(
      String name,
      boolean enabled,
      // else taken for the getter of "running"
      @JsonProperty("isRunning") boolean isRunning,
      @Nullable LastRun lastRun,
      @Nullable Instant nextRun,
      @Nullable Double successRate) {}

  /**
   * A run that ended.
   *
   * @param at when it began
   * @param error why it failed
   */
  record LastRun(
      Instant at,
      @Schema(allowableValues = {"completed", "failed"}) String result,
      Map<String, Long> counts,
      double seconds,
      @Nullable String error) {}

  /**
   * How a worker host is.
   *
   * @param status {@code lost} is one that neither stopped in order nor was heard of for 90 seconds
   * @param done steps that ended well since it started
   * @param failed tries of steps that failed since it started
   */
  record HostHealth(
      String identity,
      @Schema(allowableValues = {"running", "stopped", "lost"}) String status,
      String backend,
      List<String> queues,
      List<String> modules,
      Instant startedAt,
      Instant lastHeartbeatAt,
      @Nullable Instant stoppedAt,
      long done,
      long failed) {}
}
