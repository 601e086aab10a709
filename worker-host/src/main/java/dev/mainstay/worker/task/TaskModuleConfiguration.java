package dev.mainstay.worker.task;

import dev.mainstay.activities.notification.MessageSender;
import dev.mainstay.activities.task.LinkTokens;
import dev.mainstay.activities.task.TaskFilesImpl;
import dev.mainstay.activities.task.TaskMailImpl;
import dev.mainstay.activities.task.TaskStepsImpl;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.task.TaskProcess;
import dev.mainstay.workflows.task.TaskType;
import dev.mainstay.workflows.task.TaskWorkflowImpl;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The task's module: its runs among the processes, files with the bulk, mails with the mails. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class TaskModuleConfiguration {

  @Bean
  WorkerModule taskModule(
      DSLContext database,
      TransactionOperations transaction,
      InstantSource clock,
      MessageSender sender,
      TaskProperties task) {
    return WorkerModule.of(
            TaskProcess.TYPE,
            TaskWorkflowImpl.class,
            new TaskStepsImpl(database, transaction, clock))
        .alsoOn(
            TaskQueues.BULK, new TaskFilesImpl(database, transaction, clock, task.downloadValid()))
        .alsoOn(TaskQueues.MESSAGES_EMAIL, new TaskMailImpl(database, transaction, sender, clock))
        .withFlags(Stream.of(TaskType.values()).map(TaskType::feature).collect(Collectors.toSet()));
  }

  @Bean
  LinkTokens linkTokens(
      DSLContext database,
      TransactionOperations transaction,
      InstantSource clock,
      TaskProperties task) {
    return new LinkTokens(database, transaction, clock, task.downloadValid(), task.resetValid());
  }
}
