package dev.mainstay.worker.payroll;

import dev.mainstay.activities.notification.letter.LetterSettings;
import dev.mainstay.activities.payroll.PayrollLaunchStepsImpl;
import dev.mainstay.activities.payroll.ReceiptStepsImpl;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.ScheduleDefinition;
import dev.mainstay.worker.module.Timing;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.payroll.MonthlyPayrollWorkflow;
import dev.mainstay.workflows.payroll.MonthlyPayrollWorkflowImpl;
import dev.mainstay.workflows.payroll.WeeklyPayrollWorkflow;
import dev.mainstay.workflows.payroll.WeeklyPayrollWorkflowImpl;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The modules of payroll's schedules, each behind a flag of its own, and what both are made of. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class PayrollScheduleModuleConfiguration {

  /** Long enough for an outage over a weekend: nobody is to wait for money until the next turn. */
  private static final Duration CATCH_UP = Duration.ofDays(7);

  @Bean
  WorkerModule payrollPartsModule(
      DSLContext database,
      TransactionOperations transaction,
      PayrollProperties payroll,
      LetterSettings letters) {
    return new WorkerModule(
            "payroll-parts",
            TaskQueues.PROCESSES,
            List.of(),
            List.of(new PayrollLaunchStepsImpl(database, transaction, payroll.zone())),
            List.of())
        .alsoOn(
            TaskQueues.BULK, new ReceiptStepsImpl(database, transaction, letters.marketplace()));
  }

  @Bean
  WorkerModule weeklyPayrollModule(PayrollProperties payroll) {
    return sweep(
        WeeklyPayrollWorkflowImpl.class,
        new ScheduleDefinition(
            WeeklyPayrollWorkflow.NAME,
            WeeklyPayrollWorkflow.TYPE,
            WeeklyPayrollWorkflow.id(),
            TaskQueues.PROCESSES,
            new Timing.Weekly(DayOfWeek.MONDAY, LocalTime.of(8, 0)),
            Optional.of(payroll.zone()),
            CATCH_UP,
            WeeklyPayrollWorkflow.EXECUTION_TIMEOUT,
            "Runs the payroll of the week before"));
  }

  @Bean
  WorkerModule monthlyPayrollModule(PayrollProperties payroll) {
    return sweep(
        MonthlyPayrollWorkflowImpl.class,
        new ScheduleDefinition(
            MonthlyPayrollWorkflow.NAME,
            MonthlyPayrollWorkflow.TYPE,
            MonthlyPayrollWorkflow.id(),
            TaskQueues.PROCESSES,
            new Timing.Monthly(1, LocalTime.MIDNIGHT),
            Optional.of(payroll.zone()),
            CATCH_UP,
            MonthlyPayrollWorkflow.EXECUTION_TIMEOUT,
            "Runs the payroll of the calendar month before"));
  }

  private static WorkerModule sweep(Class<?> workflow, ScheduleDefinition schedule) {
    return new WorkerModule(
        schedule.id(),
        TaskQueues.PROCESSES,
        List.of(workflow),
        List.of(),
        List.of(),
        List.of(schedule));
  }
}
