package dev.mainstay.worker.payroll;

import com.stripe.StripeClient;
import dev.mainstay.activities.gateway.SharedRateLimit;
import dev.mainstay.activities.payroll.NoTransferGateway;
import dev.mainstay.activities.payroll.PayoutCaseStepsImpl;
import dev.mainstay.activities.payroll.PayoutStepsImpl;
import dev.mainstay.activities.payroll.ReconciliationStepsImpl;
import dev.mainstay.activities.payroll.StripeTransferGateway;
import dev.mainstay.activities.payroll.TransferCheckStepsImpl;
import dev.mainstay.activities.payroll.TransferGateway;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.ScheduleDefinition;
import dev.mainstay.worker.module.Timing;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.stripe.StripeProperties;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.payroll.PayoutProcess;
import dev.mainstay.workflows.payroll.PayoutWorkflowImpl;
import dev.mainstay.workflows.payroll.PayrollProcess;
import dev.mainstay.workflows.payroll.PayrollReconciliation;
import dev.mainstay.workflows.payroll.PayrollReconciliationImpl;
import dev.mainstay.workflows.sweep.Sweep;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The payout's module: a run for each that failed or is not known, and what is asked of the
 * provider on a queue of its own.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class PayoutModuleConfiguration {

  @Bean
  TransferGateway transferGateway(Optional<StripeClient> stripe, StripeProperties properties) {
    return stripe
        .<TransferGateway>map(client -> new StripeTransferGateway(client, properties.mode()))
        .orElseGet(NoTransferGateway::new);
  }

  @Bean
  WorkerModule payoutModule(
      DSLContext database,
      TransferGateway gateway,
      SharedRateLimit rate,
      PayrollProperties properties,
      MeterRegistry metrics) {
    return new WorkerModule(
            "payout",
            TaskQueues.PROCESSES,
            List.of(PayoutWorkflowImpl.class),
            List.of(new PayoutCaseStepsImpl(database)),
            List.of(PayoutProcess.TYPE))
        .alsoOn(
            TaskQueues.PAYMENTS,
            new PayoutStepsImpl(
                database, gateway, rate.of("transfers", properties.transfersPerSecond()), metrics),
            new TransferCheckStepsImpl(database, gateway));
  }

  @Bean
  WorkerModule payrollReconciliationModule(DSLContext database, TransferGateway gateway) {
    return new WorkerModule(
            PayrollReconciliation.NAME,
            TaskQueues.PROCESSES,
            List.of(PayrollReconciliationImpl.class),
            List.of(),
            List.of(PayrollProcess.RECONCILIATION),
            List.of(
                ScheduleDefinition.of(
                    PayrollReconciliation.NAME,
                    PayrollReconciliation.TYPE,
                    Sweep.id(PayrollReconciliation.NAME),
                    TaskQueues.PROCESSES,
                    new Timing.Daily(LocalTime.of(6, 0)),
                    PayrollReconciliation.EXECUTION_TIMEOUT,
                    "Compares what was paid with what Stripe has transferred")))
        .alsoOn(TaskQueues.PAYMENTS, new ReconciliationStepsImpl(database, gateway));
  }
}
