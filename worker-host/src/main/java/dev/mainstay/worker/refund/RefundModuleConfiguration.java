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
import dev.mainstay.workflows.refund.RefundWorkflowImpl;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The refund's modules, one for each queue: a provider that is slow holds up no process. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class RefundModuleConfiguration {

  private static final Logger log = LoggerFactory.getLogger(RefundModuleConfiguration.class);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(20);

  @Bean
  WorkerModule refundModule(
      DSLContext database,
      TransactionOperations transaction,
      InstantSource clock,
      WorkflowClient client,
      JsonMapper json) {
    RefundRequests requests = new RefundRequests(database);
    return new WorkerModule(
        "refund",
        TaskQueues.PROCESSES,
        List.of(RefundWorkflowImpl.class),
        List.of(
            new RefundStepsImpl(database, transaction, requests, clock, PurchaseWake.by(client))),
        List.of(new RefundStarter(client, json)));
  }

  @Bean
  WorkerModule refundPaymentsModule(
      DSLContext database, TransactionOperations transaction, StripeProperties stripe) {
    return new WorkerModule(
        "refund-payments",
        TaskQueues.PAYMENTS,
        List.of(),
        List.of(
            new RefundPaymentsImpl(transaction, new RefundRequests(database), gateways(stripe))),
        List.of());
  }

  private static Map<String, RefundGateway> gateways(StripeProperties stripe) {
    if (stripe.secretKey().isBlank()) {
      log.warn(
          "No mainstay.stripe.secret-key (STRIPE_SECRET_KEY): refunds that are asked for wait for an operator");
      return Map.of();
    }
    StripeClient client =
        StripeClient.builder()
            .setApiKey(stripe.secretKey().strip())
            .setApiBase(stripe.apiBase())
            .setConnectTimeout((int) CONNECT.toMillis())
            .setReadTimeout((int) READ.toMillis())
            // How often Stripe is asked is the step's to say
            .setMaxNetworkRetries(0)
            .build();
    return Map.of("stripe", new StripeRefundGateway(client));
  }
}
