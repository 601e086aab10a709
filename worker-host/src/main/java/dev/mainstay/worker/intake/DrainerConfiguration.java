package dev.mainstay.worker.intake;

import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.Lane;
import dev.mainstay.worker.module.RunStarter;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.module.WorkerProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.InstantSource;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The drainer with its lanes, in every host that serves a module whose runs are started from the
 * intake.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class DrainerConfiguration {

  @Bean
  DrainerSlots drainerSlots(WorkerProperties properties, InstantSource clock, DrainerWake wake) {
    return new DrainerSlots(properties.worker().starts(), clock, wake);
  }

  @Bean
  DrainerWake drainerWake() {
    return new DrainerWake();
  }

  @Bean
  Drainer processDrainer(
      Claims claims,
      DrainerSlots slots,
      DrainerWake wake,
      ServedStarters starters,
      WorkflowServiceStubs temporal,
      MeterRegistry metrics) {
    return new Drainer(
        Lane.PROCESSES, claims, slots, wake, starters.all(), TemporalPing.of(temporal), metrics);
  }

  @Bean
  Drainer messageDrainer(
      Claims claims,
      DrainerSlots slots,
      DrainerWake wake,
      ServedStarters starters,
      WorkflowServiceStubs temporal,
      MeterRegistry metrics) {
    return new Drainer(
        Lane.MESSAGES, claims, slots, wake, starters.all(), TemporalPing.of(temporal), metrics);
  }

  @Bean
  Claims claims(DSLContext database) {
    return new Claims(database);
  }

  @Bean
  ServedStarters servedStarters(WorkerProperties properties, List<WorkerModule> modules) {
    return new ServedStarters(
        modules.stream()
            .filter(properties::serves)
            .flatMap(module -> module.starters().stream())
            .toList());
  }

  @Bean
  IntakeListener intakeListener(JdbcConnectionDetails details, DrainerWake wake) {
    return new IntakeListener(
        details.getJdbcUrl(), details.getUsername(), details.getPassword(), wake);
  }

  /** Of the modules that this host serves. */
  record ServedStarters(List<RunStarter> all) {}
}
