package dev.mainstay.worker.session;

import dev.mainstay.activities.session.SessionTopUpStepsImpl;
import dev.mainstay.worker.module.ScheduleDefinition;
import dev.mainstay.worker.module.Timing;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.session.SessionTopUpProcess;
import dev.mainstay.workflows.session.SessionTopUpWorkflow;
import dev.mainstay.workflows.session.SessionTopUpWorkflowImpl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The top-up's module: the sweep among the processes, its pages on the queue of bulk work. */
@Configuration(proxyBeanMethods = false)
class SessionTopUpModuleConfiguration {

  @Bean
  WorkerModule sessionTopUpModule(
      DSLContext database, InstantSource clock, SessionTopUpProperties properties) {
    return new WorkerModule(
            SessionTopUpWorkflow.NAME,
            TaskQueues.PROCESSES,
            List.of(SessionTopUpWorkflowImpl.class),
            List.of(),
            List.of(SessionTopUpProcess.TYPE),
            List.of(schedule()))
        .alsoOn(TaskQueues.BULK, new SessionTopUpStepsImpl(database, clock, properties.numbers()));
  }

  private static ScheduleDefinition schedule() {
    return ScheduleDefinition.of(
        SessionTopUpWorkflow.NAME,
        SessionTopUpWorkflow.TYPE,
        SessionTopUpWorkflow.id(),
        TaskQueues.PROCESSES,
        new Timing.Every(Duration.ofHours(6)),
        SessionTopUpWorkflow.EXECUTION_TIMEOUT,
        "Fills up every active allocation that is short of future sessions");
  }
}
