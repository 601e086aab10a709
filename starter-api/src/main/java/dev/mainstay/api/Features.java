package dev.mainstay.api;

import dev.mainstay.api.problem.Refusal;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code mainstay.features}: the switches of the processes. Worker hosts have the same keys.
 *
 * @param features Switches processes on and off: {@code mainstay.features.<name>.enabled}. A name
 *     without a switch is on.
 */
@ConfigurationProperties("mainstay")
public record Features(@DefaultValue Map<String, Feature> features) {

  /** Whether it is on. */
  public record Feature(@DefaultValue("true") boolean enabled) {}

  /**
   * Called before what only one who is on may do.
   *
   * @throws Refusal where it is off, with its name
   */
  public void require(String name) {
    // The second is what an environment variable makes of it: Spring takes no dashes there.
    Feature feature = features.getOrDefault(name, features.get(name.replace("-", "")));
    if (feature != null && !feature.enabled()) {
      throw Refusal.featureOff(name);
    }
  }
}
