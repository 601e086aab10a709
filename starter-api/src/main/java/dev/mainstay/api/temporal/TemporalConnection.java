package dev.mainstay.api.temporal;

import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the {@code WorkflowClient} and the {@code ScheduleClient} of Temporal's starter. They
 * connect on first use: the API starts, and accepts work, while Temporal is unavailable.
 */
@Configuration(proxyBeanMethods = false)
class TemporalConnection {

  /** A caller gets an error when Temporal is unavailable rather than waiting. */
  private static final Duration RETRY_LIMIT = Duration.ofSeconds(3);

  @Bean
  TemporalOptionsCustomizer<WorkflowServiceStubsOptions.Builder> retryLimit() {
    return options ->
        options.setRpcRetryOptions(RpcRetryOptions.newBuilder().setExpiration(RETRY_LIMIT).build());
  }
}
