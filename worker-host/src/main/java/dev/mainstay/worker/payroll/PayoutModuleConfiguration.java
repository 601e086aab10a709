package dev.mainstay.worker.payroll;

import com.stripe.StripeClient;
import dev.mainstay.activities.gateway.SharedRate;
import dev.mainstay.activities.payroll.NoTransferGateway;
import dev.mainstay.activities.payroll.PayoutCaseStepsImpl;
import dev.mainstay.activities.payroll.PayoutStepsImpl;
import dev.mainstay.activities.payroll.StripeTransferGateway;
import dev.mainstay.activities.payroll.TransferGateway;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.payroll.PayoutWorkflowImpl;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * The payout's module: a run for each that failed or is not known, and what is asked of the
 * provider on a queue of its own.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class PayoutModuleConfiguration {

  @Bean
  WorkerModule payoutModule(
      DSLContext database,
      Optional<StripeClient> stripe,
      SharedRate rate,
      PayrollProperties properties,
      MeterRegistry metrics,
      WorkflowClient client,
      JsonMapper json) {
    TransferGateway gateway =
        stripe.<TransferGateway>map(StripeTransferGateway::new).orElseGet(NoTransferGateway::new);
    return new WorkerModule(
            "payout",
            TaskQueues.PROCESSES,
            List.of(PayoutWorkflowImpl.class),
            List.of(new PayoutCaseStepsImpl(database)),
            List.of(new PayoutStarter(client, json)))
        .alsoOn(
            TaskQueues.PAYMENTS,
            new PayoutStepsImpl(
                database, gateway, rate.of("transfers", properties.transfersPerSecond()), metrics));
  }
}
