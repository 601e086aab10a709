package dev.mainstay.worker.notification;

import dev.mainstay.activities.notification.ChannelSender;
import dev.mainstay.activities.notification.MessageRateLimit;
import dev.mainstay.activities.notification.MessageSender;
import dev.mainstay.activities.notification.MessageStepsImpl;
import dev.mainstay.activities.notification.NotificationStepsImpl;
import dev.mainstay.activities.notification.gateway.EmailGateway;
import dev.mainstay.activities.notification.gateway.PushGateway;
import dev.mainstay.activities.notification.gateway.SmsGateway;
import dev.mainstay.activities.notification.message.MessageSource;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.notification.NotificationBatchWorkflowImpl;
import dev.mainstay.workflows.notification.NotificationProcess;
import dev.mainstay.workflows.notification.NotificationWorkflow;
import dev.mainstay.workflows.notification.NotificationWorkflowImpl;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The notification's module: its runs among the processes, each channel on a queue of its own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class NotificationModuleConfiguration {

  @Bean
  WorkerModule notificationModule(
      DSLContext database, TransactionOperations transaction, MessageSender sender) {
    var steps = new MessageStepsImpl(sender);
    return new WorkerModule(
            NotificationWorkflow.NAME,
            TaskQueues.PROCESSES,
            List.of(NotificationBatchWorkflowImpl.class, NotificationWorkflowImpl.class),
            List.of(new NotificationStepsImpl(database, transaction)),
            List.of(NotificationProcess.TYPE))
        .alsoOn(TaskQueues.MESSAGES_EMAIL, steps)
        .alsoOn(TaskQueues.MESSAGES_SMS, steps)
        .alsoOn(TaskQueues.MESSAGES_PUSH, steps);
  }

  @Bean
  MessageSender messageSender(
      DSLContext database,
      MessageSource letters,
      MessageRateLimit rate,
      Optional<EmailGateway> email,
      Optional<SmsGateway> sms,
      Optional<PushGateway> push,
      MeterRegistry metrics) {
    Map<Channel, ChannelSender> carriers = new EnumMap<>(Channel.class);
    email.ifPresent(gateway -> carriers.put(Channel.EMAIL, ChannelSender.of(gateway)));
    sms.ifPresent(gateway -> carriers.put(Channel.SMS, ChannelSender.of(gateway)));
    push.ifPresent(gateway ->
        carriers.put(
            Channel.PUSH,
            ChannelSender.of(
                gateway, token -> Routines.removePushToken(database.configuration(), token))));
    return new MessageSender(database, letters, carriers, rate, metrics);
  }
}
