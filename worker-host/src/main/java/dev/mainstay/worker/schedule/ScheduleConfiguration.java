package dev.mainstay.worker.schedule;

import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.module.WorkerProperties;
import dev.mainstay.worker.temporal.RegisteredSearchAttributes;
import io.temporal.client.WorkflowClient;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ScheduleConfiguration {

  @Bean
  @ConditionalOnBackend
  Schedules schedules(
      WorkerProperties worker,
      ScheduleProperties settings,
      List<WorkerModule> modules,
      DSLContext database,
      TransactionOperations transaction,
      RegisteredSearchAttributes searchAttributes,
      WorkflowClient client) {
    ScheduleServer server = new ScheduleServer(client);
    return new Schedules(
        worker,
        settings,
        modules,
        new ProcessRows(database, transaction),
        server,
        searchAttributes::ensure);
  }
}
