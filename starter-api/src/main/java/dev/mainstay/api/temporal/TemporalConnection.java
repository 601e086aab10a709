package dev.mainstay.api.temporal;

import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How the {@code WorkflowClient} and the {@code ScheduleClient} of Temporal's starter behave here.
 * They connect when they are first used: the API starts, and takes work in, while Temporal is away.
 */
@Configuration(proxyBeanMethods = false)
class TemporalConnection {

  /** A caller is told that Temporal is away rather than kept waiting. */
  private static final Duration RETRY_LIMIT = Duration.ofSeconds(3);

  @Bean
  TemporalOptionsCustomizer<WorkflowServiceStubsOptions.Builder> retryLimit() {
    return options ->
        options.setRpcRetryOptions(RpcRetryOptions.newBuilder().setExpiration(RETRY_LIMIT).build());
  }
}
