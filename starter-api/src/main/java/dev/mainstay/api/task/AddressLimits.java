package dev.mainstay.api.task;

import dev.mainstay.api.ApiProperties;
import dev.mainstay.api.problem.Refusal;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Token buckets for callers without a key, by their address, in this process's memory: as many as
 * there are, so that who comes from many addresses fills no memory. Some addresses share one.
 */
final class AddressLimits {

  private static final int BUCKETS = 1024;

  private final List<Bucket> buckets;

  AddressLimits(ApiProperties.DownloadLimit limit) {
    this.buckets = Stream.generate(() -> bucket(limit)).limit(BUCKETS).toList();
  }

  /**
   * Takes a token from the address's bucket.
   *
   * @throws Refusal if there is none
   */
  void take(String address) {
    ConsumptionProbe probe =
        buckets.get(Math.floorMod(address.hashCode(), BUCKETS)).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw Refusal.tooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private static Bucket bucket(ApiProperties.DownloadLimit limit) {
    return Bucket.builder()
        .addLimit(bandwidth ->
            bandwidth
                .capacity(limit.burst())
                .refillGreedy(limit.perSecond(), Duration.ofSeconds(1)))
        .build();
  }
}
