package dev.mainstay.api.access;

import dev.mainstay.api.ApiProperties;
import dev.mainstay.api.problem.Refusal;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A token bucket for each API key, in this process's memory. */
final class RateLimits {

  private final ApiProperties.RateLimit limit;
  private final Map<UUID, Bucket> buckets = new ConcurrentHashMap<>();

  RateLimits(ApiProperties.RateLimit limit) {
    this.limit = limit;
  }

  /**
   * Takes a token from the client's bucket.
   *
   * @throws Refusal if there is none
   */
  void take(ApiClient client) {
    ConsumptionProbe probe =
        buckets.computeIfAbsent(client.keyId(), _ -> bucket()).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw Refusal.tooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(bandwidth ->
            bandwidth
                .capacity(limit.burst())
                .refillGreedy(limit.perSecond(), Duration.ofSeconds(1)))
        .build();
  }
}
