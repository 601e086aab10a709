package dev.mainstay.worker.payroll;

import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.ScheduleDefinition;
import dev.mainstay.worker.module.Timing;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.payroll.MonthlyPayrollWorkflow;
import dev.mainstay.workflows.payroll.MonthlyPayrollWorkflowImpl;
import dev.mainstay.workflows.payroll.PayrollProcess;
import dev.mainstay.workflows.payroll.WeeklyPayrollWorkflow;
import dev.mainstay.workflows.payroll.WeeklyPayrollWorkflowImpl;
import dev.mainstay.workflows.process.ProcessType;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The modules of payroll's schedules, each behind a flag of its own. The steps that they call
 * belong to payroll's own module.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class PayrollScheduleModuleConfiguration {

  /**
   * Long enough for an outage over a weekend: no vendor should wait for money until the next
   * period.
   */
  private static final Duration CATCH_UP = Duration.ofDays(7);

  @Bean
  WorkerModule weeklyPayrollModule(PayrollProperties payroll) {
    return sweep(
        WeeklyPayrollWorkflowImpl.class,
        PayrollProcess.WEEKLY,
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
        PayrollProcess.MONTHLY,
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

  private static WorkerModule sweep(
      Class<?> workflow, ProcessType type, ScheduleDefinition schedule) {
    return new WorkerModule(
        schedule.id(),
        TaskQueues.PROCESSES,
        List.of(workflow),
        List.of(),
        List.of(type),
        List.of(schedule));
  }
}
