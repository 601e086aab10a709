package dev.mainstay.worker.purchase;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code mainstay.redis}: the storefront's Redis.
 *
 * @param url {@code redis://user:password@host:port/database}, or {@code rediss://} with TLS.
 */
@ConfigurationProperties("mainstay.redis")
record CacheProperties(@DefaultValue("") String url) {

  @Override
  public String toString() {
    return "CacheProperties[url is " + (url.isEmpty() ? "not set]" : "set]");
  }
}
