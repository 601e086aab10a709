package dev.mainstay.worker.host;

import dev.mainstay.worker.intake.DrainerSlots;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.module.WorkerProperties;
import dev.mainstay.worker.temporal.RegisteredSearchAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.tuning.CompositeTuner;
import io.temporal.worker.tuning.FixedSizeSlotSupplier;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * One worker per task queue, with the modules that are on. Stops taking work first, then finishes
 * what is in flight.
 */
final class WorkerHost implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(WorkerHost.class);

  private final WorkflowClient client;
  private final WorkerProperties properties;
  private final List<WorkerModule> modules;
  private final List<WorkerInterceptor> interceptors;
  private final DrainerSlots drainerSlots;
  private final RegisteredSearchAttributes searchAttributes;
  private volatile @Nullable WorkerFactory running;

  WorkerHost(
      WorkflowClient client,
      WorkerProperties properties,
      List<WorkerModule> modules,
      List<WorkerInterceptor> interceptors,
      DrainerSlots drainerSlots,
      RegisteredSearchAttributes searchAttributes) {
    this.client = client;
    this.properties = properties;
    this.modules = modules.stream().flatMap(WorkerModule::byQueue).toList();
    this.interceptors = List.copyOf(interceptors);
    this.drainerSlots = drainerSlots;
    this.searchAttributes = searchAttributes;
  }

  @Override
  public void start() {
    requireWork();
    searchAttributes.ensure();
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setWorkerInterceptors(interceptors.toArray(WorkerInterceptor[]::new))
                .build());
    for (WorkerModule module : modules) {
      if (serves(module)) {
        Worker worker = worker(factory, module.queue());
        worker.registerWorkflowImplementationTypes(module.workflows().toArray(Class<?>[]::new));
        worker.registerActivitiesImplementations(module.activities().toArray());
      }
      log.info(
          "Module {} is {} on queue {}",
          module.name(),
          serves(module) ? "on" : properties.isOn(module) ? "not served here" : "off",
          module.queue());
    }
    factory.start();
    running = factory;
    log.info(
        "Backend {}: serving queues {} of namespace {} as {}",
        properties.backend(),
        String.join(", ", queues()),
        client.getOptions().getNamespace(),
        client.getOptions().getIdentity());
  }

  @Override
  public void stop() {
    WorkerFactory factory = running;
    if (factory != null) {
      factory.shutdown();
      factory.awaitTermination(properties.worker().drain().toMillis(), TimeUnit.MILLISECONDS);
      if (!factory.isTerminated()) {
        log.warn(
            "Not finished in {}: Temporal will have it done again", properties.worker().drain());
        factory.shutdownNow();
      }
      running = null;
    }
  }

  @Override
  public boolean isRunning() {
    return running != null;
  }

  /** Before the drainer, which needs workers for its eager starts; stopped after it. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }

  /** A host that serves any module of a queue also serves those that it cannot do without. */
  private boolean serves(WorkerModule module) {
    return properties.serves(module)
        || (HostConfiguration.SERVING_OTHERS.contains(module.name())
            && modules.stream()
                .anyMatch(
                    other -> properties.serves(other) && other.queue().equals(module.queue())));
  }

  /** A host that serves nothing was misspelt: it would be healthy, and everything would wait. */
  private void requireWork() {
    if (modules().isEmpty()) {
      throw new IllegalStateException(
          "Nothing is left to serve: mainstay.worker.queues is %s of %s, mainstay.worker.modules is %s of %s"
              .formatted(
                  properties.worker().queues(),
                  all(WorkerModule::queue),
                  properties.worker().modules(),
                  all(WorkerModule::name)));
    }
  }

  private List<String> all(Function<WorkerModule, String> what) {
    return modules.stream().map(what).distinct().sorted().toList();
  }

  private Worker worker(WorkerFactory factory, String queue) {
    Worker known = factory.tryGetWorker(queue);
    return known != null ? known : factory.newWorker(queue, options());
  }

  private WorkerOptions options() {
    WorkerProperties.Host host = properties.worker();
    return WorkerOptions.newBuilder()
        .setWorkerTuner(
            new CompositeTuner(
                drainerSlots.workflowTaskSlots(host.slots()),
                new FixedSizeSlotSupplier<>(host.slots()),
                new FixedSizeSlotSupplier<>(host.slots()),
                new FixedSizeSlotSupplier<>(host.slots())))
        .setMaxConcurrentWorkflowTaskPollers(host.pollers())
        .setMaxConcurrentActivityTaskPollers(host.pollers())
        .build();
  }

  /** The task queues that this host serves, in order. */
  List<String> queues() {
    return served(WorkerModule::queue);
  }

  /** The modules that this host serves, in order. */
  List<String> modules() {
    return served(WorkerModule::name);
  }

  String backend() {
    return properties.backend().name().toLowerCase(Locale.ROOT);
  }

  /** This host's identity on the server, as {@code 4711@host}. */
  String identity() {
    return client.getOptions().getIdentity();
  }

  private List<String> served(Function<WorkerModule, String> what) {
    return modules.stream().filter(this::serves).map(what).distinct().sorted().toList();
  }
}
