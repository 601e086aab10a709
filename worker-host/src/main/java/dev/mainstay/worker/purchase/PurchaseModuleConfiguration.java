package dev.mainstay.worker.purchase;

import dev.mainstay.activities.purchase.PurchaseIntakeRows;
import dev.mainstay.activities.purchase.PurchaseStepsImpl;
import dev.mainstay.activities.purchase.StudentCaches;
import dev.mainstay.activities.purchase.TrainerFreeStepsImpl;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeWake;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.module.WorkerProperties;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflowImpl;
import dev.mainstay.workflows.purchase.PurchaseProcess;
import dev.mainstay.workflows.purchase.PurchaseWorkflowImpl;
import dev.mainstay.workflows.purchase.TrainerFreeWorkflowImpl;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The purchase's module. */
@Configuration(proxyBeanMethods = false)
class PurchaseModuleConfiguration {

  @Bean
  @ConditionalOnBackend
  WorkerModule purchaseModule(
      DSLContext database,
      TransactionOperations transaction,
      InstantSource clock,
      IntakeWake wake,
      Optional<StudentCaches> caches,
      AllocatorProperties allocator,
      PurchaseProperties purchase,
      WorkerProperties properties) {
    PurchaseIntakeRows intake = new PurchaseIntakeRows(database, new Intake(database, wake));
    return new WorkerModule(
            "purchase",
            TaskQueues.PROCESSES,
            List.of(
                PurchaseBatchWorkflowImpl.class,
                PurchaseWorkflowImpl.class,
                TrainerFreeWorkflowImpl.class),
            List.of(
                new PurchaseStepsImpl(
                    database, transaction, intake, clock, caches, allocator.kind()),
                new TrainerFreeStepsImpl(database, transaction)),
            List.of(
                PurchaseProcess.type(properties.worker().purchasesPerRun(), purchase.waits()),
                PurchaseProcess.TRAINER_FREE))
        // also if no URL is set, and so its module is absent
        .withFlags(List.of("admin-service"));
  }
}
