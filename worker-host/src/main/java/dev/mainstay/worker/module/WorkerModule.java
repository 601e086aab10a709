package dev.mainstay.worker.module;

import java.util.List;

/**
 * What a capability gives to a host. A capability adds itself to the product by one bean of this
 * type.
 *
 * @param name the process, as in {@code mainstay.features.<name>.enabled}
 * @param queue the task queue that its workflows and steps are served on
 * @param workflows workflow implementations
 * @param activities activity implementations
 * @param starters how its runs are started from the intake
 * @param schedules what starts its runs by the clock
 */
public record WorkerModule(
    String name,
    String queue,
    List<Class<?>> workflows,
    List<Object> activities,
    List<RunStarter> starters,
    List<ScheduleDefinition> schedules) {

  public WorkerModule {
    workflows = List.copyOf(workflows);
    activities = List.copyOf(activities);
    starters = List.copyOf(starters);
    schedules = List.copyOf(schedules);
  }

  /** A module that nothing starts by the clock. */
  public WorkerModule(
      String name,
      String queue,
      List<Class<?>> workflows,
      List<Object> activities,
      List<RunStarter> starters) {
    this(name, queue, workflows, activities, starters, List.of());
  }
}
