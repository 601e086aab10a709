package dev.mainstay.worker.intake;

import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.module.WorkerProperties;
import dev.mainstay.worker.temporal.RegisteredSearchAttributes;
import dev.mainstay.workflows.process.Lane;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

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
  Function<Lane, Drainer> drainers(
      DSLContext database,
      DrainerSlots slots,
      DrainerWake wake,
      RunStarters starters,
      WorkflowServiceStubs temporal,
      RegisteredSearchAttributes searchAttributes,
      MeterRegistry metrics) {
    return lane ->
        new Drainer(
            lane,
            new Claims(database),
            slots,
            wake,
            starters.all(),
            TemporalPing.of(temporal, searchAttributes),
            metrics);
  }

  @Bean
  Drainer processDrainer(Function<Lane, Drainer> drainers) {
    return drainers.apply(Lane.PROCESSES);
  }

  @Bean
  Drainer messageDrainer(Function<Lane, Drainer> drainers) {
    return drainers.apply(Lane.MESSAGES);
  }

  @Bean
  ExhaustedClaims claimedInVain(DSLContext database, RunStarters starters) {
    return new ExhaustedClaims(new Claims(database), starters.all());
  }

  @Bean
  IntakeListener intakeListener(JdbcConnectionDetails details, DrainerWake wake) {
    return new IntakeListener(
        details.getJdbcUrl(), details.getUsername(), details.getPassword(), wake);
  }

  /** Of the kinds that start a process of this host; rows of others are left to other hosts. */
  @Bean
  RunStarters runStarters(
      WorkerProperties properties,
      List<WorkerModule> modules,
      WorkflowClient client,
      JsonMapper json) {
    return new RunStarters(
        modules.stream()
            .filter(properties::serves)
            .flatMap(module -> module.processes().stream())
            .flatMap(type -> ProcessStarter.of(type, client, json))
            .toList());
  }

  /** A list of its own type, so that no other list of starters is meant. */
  record RunStarters(List<RunStarter> all) {}
}
