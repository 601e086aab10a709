package dev.mainstay.sandbox;

import dev.mainstay.api.StarterApiApplication;
import dev.mainstay.db.intake.IntakeWake;
import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.worker.WorkerHostApplication;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The production's applications, as they are, side by side in this JVM. Each reads the
 * configuration of its own module, not the first one on the shared class path.
 */
final class Applications {

  /** Libraries of the other application, which would wake up here if they were let. */
  private static final List<String> NOT_IN_WORKER_HOST =
      List.of("org.springframework.boot.security.", "org.springdoc.");

  private static final List<String> NOT_IN_API = List.of("org.springframework.boot.data.redis.");

  private final DatabaseAddress database;
  private final String temporalAddress;
  private final Allocator allocator;
  private final SimulatorProperties vendors;

  /**
   * Both on these servers.
   *
   * @param allocator who gives students their trainers
   */
  Applications(
      DatabaseAddress database,
      String temporalAddress,
      Allocator allocator,
      SimulatorProperties vendors) {
    this.database = database;
    this.temporalAddress = temporalAddress;
    this.allocator = allocator;
    this.vendors = vendors;
  }

  /** More of them on the servers of a sandbox that runs. */
  static Applications of(Home home, Status status) {
    return new Applications(
        RunningDatabase.address(home, status),
        status.temporalAddress(),
        status.allocator(),
        SimulatorProperties.of(home, status));
  }

  /**
   * @param managementPort 0 for any
   */
  ConfigurableApplicationContext startWorkerHost(int managementPort) {
    return start(
        new SpringApplicationBuilder(WorkerHostApplication.class),
        WorkerHostApplication.class,
        NOT_IN_WORKER_HOST,
        vendors.ofWorkerHost(),
        "server.port=" + managementPort,
        "TEMPORAL_ADDRESS=" + temporalAddress,
        "mainstay.allocator.kind=" + allocator,
        "mainstay.backend=sandbox");
  }

  /**
   * @param wake wakes the drainer in this JVM, if there is one; otherwise PostgreSQL notifies the
   *     drainers
   */
  ConfigurableApplicationContext startApi(int port, int managementPort, Optional<IntakeWake> wake) {
    var builder = new SpringApplicationBuilder(StarterApiApplication.class);
    wake.ifPresent(drainer ->
        builder.initializers(context ->
            ((GenericApplicationContext) context)
                .registerBean("drainerWake", IntakeWake.class, () -> drainer)));
    return start(
        builder,
        StarterApiApplication.class,
        NOT_IN_API,
        vendors.ofApi(),
        "server.port=" + port,
        "management.server.address=127.0.0.1",
        "management.server.port=" + managementPort,
        "TEMPORAL_ADDRESS=" + temporalAddress);
  }

  private ConfigurableApplicationContext start(
      SpringApplicationBuilder builder,
      Class<?> application,
      List<String> excluded,
      List<String> ofVendors,
      String... properties) {
    // The sandbox has its own logging; a second application would configure the first one's again
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    var arguments = new ArrayList<String>();
    arguments.add("--spring.config.location=" + configurationOf(application));
    arguments.add("--spring.autoconfigure.exclude=" + autoConfigurationsOf(excluded));
    arguments.add("--server.address=127.0.0.1");
    arguments.add("--DATABASE_URL=" + database.libpqUri());
    ofVendors.forEach(property -> arguments.add("--" + property));
    for (String property : properties) {
      arguments.add("--" + property);
    }
    return builder.registerShutdownHook(false).run(arguments.toArray(String[]::new));
  }

  private static String autoConfigurationsOf(List<String> packages) {
    return StreamSupport.stream(
            ImportCandidates.load(AutoConfiguration.class, null).spliterator(), false)
        .filter(candidate -> packages.stream().anyMatch(candidate::startsWith))
        .collect(Collectors.joining(","));
  }

  private static String configurationOf(Class<?> application) {
    URL module = application.getProtectionDomain().getCodeSource().getLocation();
    return module.getPath().endsWith(".jar")
        ? "jar:" + module + "!/application.yaml"
        : module + "application.yaml";
  }
}
