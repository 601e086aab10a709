package dev.mainstay.worker.module;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.process.IntakeKind;
import dev.mainstay.workflows.process.ProcessType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The parts that a capability adds to a host. A capability adds itself to the product by one bean
 * of this type.
 *
 * @param name the process, as in {@code mainstay.features.<name>.enabled}
 * @param queue the task queue of its workflows and steps
 * @param workflows workflow implementations
 * @param activities activity implementations
 * @param processes its process types: how the intake starts its runs, and its steps
 * @param schedules the schedules that start its runs
 * @param elsewhere activity implementations on other task queues, by queue
 * @param flags more names in {@code mainstay.features}, which switch off parts of it
 */
public record WorkerModule(
    String name,
    String queue,
    List<Class<?>> workflows,
    List<Object> activities,
    List<ProcessType> processes,
    List<ScheduleDefinition> schedules,
    Map<String, List<Object>> elsewhere,
    List<String> flags) {

  public WorkerModule {
    workflows = List.copyOf(workflows);
    activities = List.copyOf(activities);
    processes = List.copyOf(processes);
    schedules = List.copyOf(schedules);
    elsewhere = Map.copyOf(elsewhere);
    flags = List.copyOf(flags);
  }

  /** A module on one queue. */
  public WorkerModule(
      String name,
      String queue,
      List<Class<?>> workflows,
      List<Object> activities,
      List<ProcessType> processes,
      List<ScheduleDefinition> schedules) {
    this(name, queue, workflows, activities, processes, schedules, Map.of(), List.of());
  }

  /** A module that nothing starts by the clock. */
  public WorkerModule(
      String name,
      String queue,
      List<Class<?>> workflows,
      List<Object> activities,
      List<ProcessType> processes) {
    this(name, queue, workflows, activities, processes, List.of());
  }

  /**
   * The module of a process with one workflow, which has the process's name.
   *
   * @param steps on our own database, beside the workflow
   */
  public static WorkerModule of(ProcessType process, Class<?> workflow, Object steps) {
    return new WorkerModule(
        process.name(), TaskQueues.PROCESSES, List.of(workflow), List.of(steps), List.of(process));
  }

  /** The same with activities on another queue. */
  public WorkerModule alsoOn(String other, Object... more) {
    var all = new HashMap<>(elsewhere);
    all.put(other, List.of(more));
    return new WorkerModule(name, queue, workflows, activities, processes, schedules, all, flags);
  }

  /** The same with flags of its own. */
  public WorkerModule withFlags(Collection<String> own) {
    return new WorkerModule(
        name, queue, workflows, activities, processes, schedules, elsewhere, List.copyOf(own));
  }

  /** The kinds of intake row that start its processes. */
  public Stream<String> kinds() {
    return processes.stream().flatMap(type -> type.intake().stream()).map(IntakeKind::name);
  }

  /** A module of one queue for each of its queues, its own first. */
  public Stream<WorkerModule> byQueue() {
    var own = new WorkerModule(name, queue, workflows, activities, processes, schedules);
    return Stream.concat(
        Stream.of(own),
        elsewhere.entrySet().stream()
            .map(other ->
                new WorkerModule(name, other.getKey(), List.of(), other.getValue(), List.of())));
  }
}
