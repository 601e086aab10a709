package dev.mainstay.worker.observation;

import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.WorkerModule;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import java.time.InstantSource;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

  @Bean
  TemporalOptionsCustomizer<WorkflowClientOptions.Builder> correlation() {
    return options -> options.setContextPropagators(List.of(new CorrelationPropagator()));
  }

  @Bean
  WorkerInterceptor ownCorrelation() {
    return new CorrelationScope();
  }

  @Bean
  WorkerInterceptor stepTimer(MeterRegistry metrics) {
    return new StepTimer(metrics);
  }

  @Bean
  @ConditionalOnBackend
  DatabaseGauges databaseGauges(
      DSLContext database, InstantSource clock, List<WorkerModule> modules, MeterRegistry metrics) {
    List<String> kinds = modules.stream().flatMap(WorkerModule::kinds).toList();
    return new DatabaseGauges(database, clock, kinds, metrics);
  }
}
