package dev.mainstay.worker.payment;

import com.stripe.StripeClient;
import dev.mainstay.activities.gateway.StripeMode;
import dev.mainstay.activities.payment.PaymentCheckStepsImpl;
import dev.mainstay.activities.payment.PaymentLookup;
import dev.mainstay.activities.payment.StripePaymentLookup;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.stripe.StripeProperties;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.payment.PaymentCheckWorkflow;
import dev.mainstay.workflows.payment.PaymentCheckWorkflowImpl;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The payment check's module: its step asks the provider, on the queue of payments. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class PaymentCheckModuleConfiguration {

  @Bean
  WorkerModule paymentCheckModule(
      DSLContext database,
      TransactionOperations transaction,
      Optional<StripeClient> stripe,
      StripeProperties properties,
      InstantSource clock) {
    return new WorkerModule(
            PaymentCheckWorkflow.NAME,
            TaskQueues.PROCESSES,
            List.of(PaymentCheckWorkflowImpl.class),
            List.of(),
            List.of(PaymentCheckWorkflow.TYPE))
        .alsoOn(
            TaskQueues.PAYMENTS,
            new PaymentCheckStepsImpl(
                database, transaction, lookups(stripe, properties.mode()), clock));
  }

  private static Map<String, PaymentLookup> lookups(
      Optional<StripeClient> stripe, StripeMode mode) {
    return stripe
        .<Map<String, PaymentLookup>>map(
            client -> Map.of("stripe", new StripePaymentLookup(client, mode)))
        .orElse(Map.of());
  }
}
