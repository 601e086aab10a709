package dev.mainstay.worker.purchase;

import dev.mainstay.activities.purchase.StudentCaches;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The Redis that the storefront shares with us, where {@code mainstay.redis.url} (or {@code
 * REDIS_URL}) names one.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${mainstay.redis.url:}' != ''")
class CacheConfiguration {

  // Specification, §1 step 4: 200 ms a try.
  private static final Duration TIMEOUT = Duration.ofMillis(200);

  @Bean
  RedisConnectionFactory redis(CacheProperties properties) {
    var client = LettuceClientConfiguration.builder().commandTimeout(TIMEOUT).build();
    return new LettuceConnectionFactory(
        LettuceConnectionFactory.createRedisConfiguration(RedisURI.create(properties.url())),
        client);
  }

  @Bean
  StudentCaches studentCaches(RedisConnectionFactory redis) {
    return new StudentCaches(new StringRedisTemplate(redis));
  }
}
