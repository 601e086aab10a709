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
import java.util.function.Function;
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
  Function<Lane, Drainer> drainers(
      DSLContext database,
      DrainerSlots slots,
      DrainerWake wake,
      WorkerProperties properties,
      List<WorkerModule> modules,
      WorkflowServiceStubs temporal,
      MeterRegistry metrics) {
    List<RunStarter> starters = starters(properties, modules);
    return lane ->
        new Drainer(
            lane, new Claims(database), slots, wake, starters, TemporalPing.of(temporal), metrics);
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
  ExhaustedClaims claimedInVain(
      DSLContext database, WorkerProperties properties, List<WorkerModule> modules) {
    return new ExhaustedClaims(new Claims(database), starters(properties, modules));
  }

  @Bean
  IntakeListener intakeListener(JdbcConnectionDetails details, DrainerWake wake) {
    return new IntakeListener(
        details.getJdbcUrl(), details.getUsername(), details.getPassword(), wake);
  }

  private static List<RunStarter> starters(
      WorkerProperties properties, List<WorkerModule> modules) {
    return modules.stream()
        .filter(properties::serves)
        .flatMap(module -> module.starters().stream())
        .toList();
  }
}
