package dev.mainstay.worker.invariants;

import dev.mainstay.activities.invariants.InvariantsStepsImpl;
import dev.mainstay.activities.recovery.Runs;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.ScheduleDefinition;
import dev.mainstay.worker.module.Timing;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.invariants.InvariantsProcess;
import dev.mainstay.workflows.invariants.InvariantsSweep;
import dev.mainstay.workflows.invariants.InvariantsSweepImpl;
import dev.mainstay.workflows.sweep.Sweep;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The invariants' module. */
@Configuration(proxyBeanMethods = false)
class InvariantsModuleConfiguration {

  @Bean
  @ConditionalOnBackend
  WorkerModule invariantsModule(
      DSLContext database,
      TransactionOperations transaction,
      WorkflowClient client,
      InstantSource clock) {
    return new WorkerModule(
        InvariantsSweep.NAME,
        TaskQueues.PROCESSES,
        List.of(InvariantsSweepImpl.class),
        List.of(new InvariantsStepsImpl(database, transaction, Runs.of(client), clock)),
        List.of(InvariantsProcess.TYPE),
        List.of(
            ScheduleDefinition.of(
                InvariantsSweep.NAME,
                InvariantsSweep.TYPE,
                Sweep.id(InvariantsSweep.NAME),
                TaskQueues.PROCESSES,
                new Timing.Every(Duration.ofHours(1)),
                Duration.ofMinutes(55),
                "Looks whether anything was lost, and seals the audit log")));
  }

  @Bean
  LastCheck lastCheck(DSLContext database) {
    return new LastCheck(database);
  }

  @Bean
  InvariantsHealth invariantsHealthIndicator(LastCheck last) {
    return new InvariantsHealth(last);
  }

  @Bean
  MeterBinder invariantViolations(LastCheck last) {
    return registry ->
        Gauge.builder("mainstay.invariant.violations", last, LastCheck::violationsOrUnknown)
            .description("What the last run of the sweep invariants found")
            .register(registry);
  }
}
