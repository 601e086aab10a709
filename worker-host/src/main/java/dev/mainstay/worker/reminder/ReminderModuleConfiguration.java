package dev.mainstay.worker.reminder;

import dev.mainstay.activities.notification.MessageSender;
import dev.mainstay.activities.reminder.ReminderStepsImpl;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.ScheduleDefinition;
import dev.mainstay.worker.module.Timing;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.reminder.AppointmentReminderWorkflow;
import dev.mainstay.workflows.reminder.AppointmentReminderWorkflowImpl;
import dev.mainstay.workflows.reminder.PaymentReminderWorkflow;
import dev.mainstay.workflows.reminder.PaymentReminderWorkflowImpl;
import dev.mainstay.workflows.reminder.Reminder;
import dev.mainstay.workflows.reminder.ReminderPartWorkflowImpl;
import dev.mainstay.workflows.reminder.ReminderProcess;
import java.time.InstantSource;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The modules of reminders: two sweeps, and the parts that they share. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class ReminderModuleConfiguration {

  private static final Timing HOURLY = new Timing.Every(Reminder.EVERY);

  @Bean
  WorkerModule reminderModule(
      DSLContext database,
      InstantSource clock,
      MessageSender sender,
      ReminderProperties properties) {
    var steps = new ReminderStepsImpl(database, clock, sender, properties.pageSize());
    return new WorkerModule(
            "reminder",
            TaskQueues.PROCESSES,
            List.of(ReminderPartWorkflowImpl.class),
            List.of(),
            List.of(ReminderProcess.TYPE))
        .alsoOn(TaskQueues.BULK, steps)
        .alsoOn(TaskQueues.MESSAGES_EMAIL, steps)
        .alsoOn(TaskQueues.MESSAGES_SMS, steps)
        .alsoOn(TaskQueues.MESSAGES_PUSH, steps);
  }

  @Bean
  WorkerModule appointmentReminderModule() {
    return sweep(
        AppointmentReminderWorkflowImpl.class,
        ScheduleDefinition.of(
            AppointmentReminderWorkflow.NAME,
            AppointmentReminderWorkflow.TYPE,
            AppointmentReminderWorkflow.id(),
            TaskQueues.PROCESSES,
            HOURLY,
            AppointmentReminderWorkflow.EXECUTION_TIMEOUT,
            "Reminds customers of bookings and course sessions that start in a day"));
  }

  @Bean
  WorkerModule paymentReminderModule() {
    return sweep(
        PaymentReminderWorkflowImpl.class,
        ScheduleDefinition.of(
            PaymentReminderWorkflow.NAME,
            PaymentReminderWorkflow.TYPE,
            PaymentReminderWorkflow.id(),
            TaskQueues.PROCESSES,
            HOURLY,
            PaymentReminderWorkflow.EXECUTION_TIMEOUT,
            "Reminds customers of bookings that are to be paid, or should have been"));
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
