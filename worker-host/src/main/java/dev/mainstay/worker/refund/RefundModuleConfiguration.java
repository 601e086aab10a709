package dev.mainstay.worker.refund;

import com.stripe.StripeClient;
import dev.mainstay.activities.refund.PurchaseWake;
import dev.mainstay.activities.refund.RefundGateway;
import dev.mainstay.activities.refund.RefundPaymentsImpl;
import dev.mainstay.activities.refund.RefundRequests;
import dev.mainstay.activities.refund.RefundStepsImpl;
import dev.mainstay.activities.refund.StripeRefundGateway;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.refund.RefundProcess;
import dev.mainstay.workflows.refund.RefundWorkflowImpl;
import io.temporal.client.WorkflowClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The refund's modules, one for each queue: a provider that is slow holds up no process. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class RefundModuleConfiguration {

  @Bean
  WorkerModule refundModule(
      DSLContext database,
      TransactionOperations transaction,
      InstantSource clock,
      WorkflowClient client) {
    RefundRequests requests = new RefundRequests(database);
    return WorkerModule.of(
        RefundProcess.TYPE,
        RefundWorkflowImpl.class,
        new RefundStepsImpl(database, transaction, requests, clock, PurchaseWake.by(client)));
  }

  @Bean
  WorkerModule refundPaymentsModule(DSLContext database, Optional<StripeClient> stripe) {
    return new WorkerModule(
        "refund-payments",
        TaskQueues.PAYMENTS,
        List.of(),
        List.of(new RefundPaymentsImpl(new RefundRequests(database), gateways(stripe))),
        List.of());
  }

  private static Map<String, RefundGateway> gateways(Optional<StripeClient> stripe) {
    return stripe
        .<Map<String, RefundGateway>>map(
            client -> Map.of("stripe", new StripeRefundGateway(client)))
        .orElse(Map.of());
  }
}
