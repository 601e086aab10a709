package dev.mainstay.worker.schedule;

import dev.mainstay.worker.module.ScheduleDefinition;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.module.WorkerProperties;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Once at a host's start: records the processes and schedules in the database, and brings the
 * server's Schedules up to date. While either is unavailable it tries again every half minute. Once
 * more when the server's database was lost, which shows in another id of the namespace.
 */
final class Schedules {

  private static final Logger log = LoggerFactory.getLogger(Schedules.class);

  private final WorkerProperties worker;
  private final ScheduleProperties settings;
  private final List<WorkerModule> modules;
  private final ProcessRows rows;
  private final ScheduleServer server;
  private final ScheduleKeeper keeper;
  private final Runnable prepareServer;
  private @Nullable String kept;

  /**
   * @param prepareServer tells the server what every Schedule needs
   * @throws IllegalArgumentException where something is set of a schedule that does not exist, or
   *     that does not fit it
   */
  Schedules(
      WorkerProperties worker,
      ScheduleProperties settings,
      List<WorkerModule> modules,
      ProcessRows rows,
      ScheduleServer server,
      Runnable prepareServer) {
    this.worker = worker;
    this.settings = settings;
    this.modules = modules.stream().filter(worker::isMeantFor).toList();
    this.rows = rows;
    this.server = server;
    this.keeper = new ScheduleKeeper(server);
    this.prepareServer = prepareServer;
    refuseUnknown(settings.schedules().keySet(), modules);
    this.modules.forEach(this::wanted);
  }

  @Scheduled(fixedDelayString = "30s")
  void keep() {
    try {
      if (kept == null) {
        for (WorkerModule module : modules) {
          rows.write(module, worker.isOn(module), wanted(module));
        }
      }
      String namespace = server.namespaceId();
      if (namespace.equals(kept)) {
        return;
      }
      if (kept != null) {
        log.warn(
            "Temporal's namespace is a new one, without our Schedules: they are created again");
      }
      prepareServer.run();
      for (WorkerModule module : modules) {
        for (WantedSchedule schedule : wanted(module)) {
          keeper.keep(schedule, module.name(), worker.isOn(module));
        }
      }
      kept = namespace;
    } catch (StatusRuntimeException e) {
      // The others wait too: while the server is unavailable, trying each would only take long.
      log.warn("A Schedule could not be kept; tried again soon: {}", e.getStatus());
    }
  }

  private List<WantedSchedule> wanted(WorkerModule module) {
    return module.schedules().stream()
        .map(definition -> new WantedSchedule(module.name(), settings.apply(definition)))
        .toList();
  }

  private static void refuseUnknown(Set<String> set, List<WorkerModule> modules) {
    Set<String> unknown = new TreeSet<>(set);
    modules.stream()
        .flatMap(module -> module.schedules().stream())
        .map(ScheduleDefinition::id)
        .forEach(id -> {
          unknown.remove(id);
          unknown.remove(WorkerProperties.inEnvironment(id));
        });
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("mainstay.schedules names no schedule: " + unknown);
    }
  }
}
