package dev.mainstay.api;

import dev.mainstay.api.problem.Refusal;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.backend}: the backend that runs the processes. Worker hosts have the same key.
 *
 * @param backend Backend that runs the processes. With {@code disabled} nothing runs, and every
 *     request to start a process gets 503.
 */
@Validated
@ConfigurationProperties("mainstay")
public record BackendProperties(
    @DefaultValue("cluster") @Pattern(regexp = "cluster|sandbox|disabled") String backend) {

  /**
   * Called before anything that only a backend can do.
   *
   * @throws Refusal where nothing runs
   */
  public void require() {
    if (backend.equals("disabled")) {
      throw Refusal.backendDisabled();
    }
  }
}
