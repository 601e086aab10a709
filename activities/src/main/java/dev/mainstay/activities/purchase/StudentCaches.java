package dev.mainstay.activities.purchase;

import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The storefront's cache entries of a student, in the Redis that it shares with us. */
public final class StudentCaches {

  private final StringRedisTemplate redis;

  public StudentCaches(StringRedisTemplate redis) {
    this.redis = redis;
  }

  void invalidate(Collection<UUID> students) {
    redis.unlink(
        students.stream()
            .flatMap(id -> Stream.of("student:home:" + id, "student:learning:" + id))
            .toList());
  }
}
