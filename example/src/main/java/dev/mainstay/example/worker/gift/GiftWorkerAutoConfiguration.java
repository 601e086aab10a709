package dev.mainstay.example.worker.gift;

import static dev.mainstay.example.workflows.gift.GiftWorkflow.TYPE;
import static dev.mainstay.workflows.TaskQueues.MESSAGES_EMAIL;

import dev.mainstay.activities.notification.gateway.EmailGateway;
import dev.mainstay.example.workflows.gift.GiftWorkflowImpl;
import dev.mainstay.worker.module.WorkerModule;
import org.jooq.DSLContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** Adds gifts to a worker host that can send e-mails. */
@AutoConfiguration
@ConditionalOnBean(EmailGateway.class)
class GiftWorkerAutoConfiguration {

  @Bean
  WorkerModule giftModule(DSLContext database, EmailGateway emails) {
    var steps = new GiftStepsImpl(database, emails);
    return WorkerModule.of(TYPE, GiftWorkflowImpl.class, steps).alsoOn(MESSAGES_EMAIL, steps);
  }
}
