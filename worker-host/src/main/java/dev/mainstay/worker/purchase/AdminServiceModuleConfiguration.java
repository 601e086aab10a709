package dev.mainstay.worker.purchase;

import dev.mainstay.activities.purchase.AdminServiceGateway;
import dev.mainstay.activities.purchase.AdminServiceStepsImpl;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.workflows.TaskQueues;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The admin service, on a queue of its own, where {@code mainstay.allocator.admin-service-url} (or
 * {@code ADMIN_SERVICE_URL}) names one.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${mainstay.allocator.admin-service-url:}' != ''")
class AdminServiceModuleConfiguration {

  // Specification, §1 step 2.
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Bean
  WorkerModule adminServiceModule(
      DSLContext database,
      TransactionOperations transaction,
      InstantSource clock,
      AllocatorProperties allocator) {
    var service = new AdminServiceGateway(URI.create(allocator.adminServiceUrl()), TIMEOUT);
    return new WorkerModule(
        "admin-service",
        TaskQueues.ADMIN_SERVICE,
        List.of(),
        List.of(new AdminServiceStepsImpl(database, transaction, service, clock)),
        List.of());
  }
}
