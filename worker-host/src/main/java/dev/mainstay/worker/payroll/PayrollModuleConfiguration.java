package dev.mainstay.worker.payroll;

import dev.mainstay.activities.notification.message.MessageSettings;
import dev.mainstay.activities.payroll.FreezeStepsImpl;
import dev.mainstay.activities.payroll.PayrollLaunchStepsImpl;
import dev.mainstay.activities.payroll.PayrollStepsImpl;
import dev.mainstay.activities.payroll.ReceiptStepsImpl;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.stripe.StripeProperties;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.payroll.PayrollProcess;
import dev.mainstay.workflows.payroll.PayrollWorkflow;
import dev.mainstay.workflows.payroll.PayrollWorkflowImpl;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Payroll's module: the run among the processes, its pages and its receipts on the queue of bulk
 * work.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class PayrollModuleConfiguration {

  @Bean
  WorkerModule payrollModule(
      DSLContext database,
      TransactionOperations transaction,
      PayrollProperties properties,
      StripeProperties stripe,
      MessageSettings letters) {
    return new WorkerModule(
            PayrollWorkflow.NAME,
            TaskQueues.PROCESSES,
            List.of(PayrollWorkflowImpl.class),
            List.of(
                new PayrollStepsImpl(database, properties.requiresApproval(stripe)),
                new PayrollLaunchStepsImpl(
                    database, transaction, properties.zone(), properties.accountChangeHold())),
            List.of(PayrollProcess.TYPE))
        .alsoOn(
            TaskQueues.BULK,
            new FreezeStepsImpl(database, properties.pageSize()),
            new ReceiptStepsImpl(database, transaction, letters.marketplace()));
  }
}
