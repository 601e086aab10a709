package dev.mainstay.worker.retry;

import dev.mainstay.worker.module.WorkerModule;
import io.temporal.common.interceptors.WorkerInterceptor;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applies what is configured to all workers of the host. */
@Configuration(proxyBeanMethods = false)
class RetryConfiguration {

  /** Checked at start. */
  @Bean
  RetryLimits retryLimits(RetryProperties properties, List<WorkerModule> modules) {
    return RetryLimits.of(
        properties.retry(),
        modules.stream().flatMap(module -> module.processes().stream()).toList());
  }

  /** Temporal's client, which modules need, is made with it: so it finds the limits later. */
  @Bean
  WorkerInterceptor configuredRetries(ObjectProvider<RetryLimits> limits) {
    return new ConfiguredRetries(limits::getObject);
  }
}
