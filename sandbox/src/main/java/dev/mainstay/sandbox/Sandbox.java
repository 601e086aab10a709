package dev.mainstay.sandbox;

import dev.mainstay.db.intake.IntakeWake;
import dev.mainstay.sandbox.admin.DatabaseTrainerCandidates;
import dev.mainstay.sandbox.demo.DemoData;
import dev.mainstay.sandbox.server.CannotStart;
import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.sandbox.server.PidFile;
import dev.mainstay.sandbox.server.PostgresServer;
import dev.mainstay.sandbox.server.PrivateFile;
import dev.mainstay.sandbox.server.Server;
import dev.mainstay.sandbox.server.TemporalBinary;
import dev.mainstay.sandbox.server.TemporalServer;
import dev.mainstay.sandbox.server.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole product on one machine: PostgreSQL and Temporal beside this JVM and watched over, both
 * applications and the simulators inside.
 */
public final class Sandbox implements AutoCloseable {

  private static final Duration HOST_STOPS_WITHIN = Duration.ofSeconds(45);
  private static final Logger log = LoggerFactory.getLogger(Sandbox.class);

  private final Home home;
  private final SandboxOptions options;
  private final Consumer<String> tell;
  private final InstantSource clock = InstantSource.system();
  private final List<Server> servers = new ArrayList<>();

  /** The running parts, the latest on top: closed in that order. */
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  private boolean closed;

  /**
   * Starts nothing yet.
   *
   * @param tell receives a line for each completed step, from several threads
   */
  public Sandbox(Home home, SandboxOptions options, Consumer<String> tell) {
    this.home = home;
    this.options = options;
    this.tell = tell;
  }

  /**
   * Starts everything and returns when all of it is ready.
   *
   * @throws CannotStart in one line that says what to do
   */
  public Status start() {
    // before anything runs, as building it may take minutes
    Optional<Path> temporal =
        options.temporalAddress() == null
            ? Optional.of(TemporalBinary.find(tell))
            : Optional.empty();
    refuseSecond(home);
    endLeftovers(home);
    if (options.fresh()) {
      home.deleteData();
    }
    home.create();
    options.ports().requireFree(options.temporalAddress() == null, options.database() == null);
    forget();
    new PidFile(home.mainstayPid()).write(ProcessHandle.current());
    keep(this::forget);

    Secrets secrets = Secrets.of(home);
    try (var starting = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      return start(secrets, temporal, starting);
    }
  }

  /** The servers side by side, then both applications: an application needs both servers. */
  private Status start(Secrets secrets, Optional<Path> temporal, Executor starting) {
    var temporalAddress =
        temporal
            .map(binary -> CompletableFuture.supplyAsync(() -> startTemporal(binary), starting))
            .orElseGet(() -> CompletableFuture.completedFuture(options.temporalAddress()));
    var database = CompletableFuture.supplyAsync(() -> database(secrets), starting);
    SimulatorProperties vendors =
        new Simulators(options.ports(), clock, api(), this::keep)
            .start(secrets, home, new DatabaseTrainerCandidates(join(database).reader()));
    var applications =
        new Applications(
            join(database).application(), join(temporalAddress), options.allocator(), vendors);
    keep(new Watch(servers));
    startApplications(applications, starting);
    Status status = status(secrets, join(database), join(temporalAddress), vendors);
    status.save(home);
    keep(() -> endWorkerHosts(home));
    WorkerProcess.start(home, options.workerHosts());
    PrivateFile.write(home.ready(), "");
    return Status.require(home);
  }

  private void startApplications(Applications applications, Executor starting) {
    if (options.workerHosts() > 0) {
      keep(startApi(applications, Optional.empty()));
      return;
    }
    var drainer = new CompletableFuture<IntakeWake>();
    // A drainer that starts looks at once: it needs no signal before.
    IntakeWake wake = () -> drainer.getNow(() -> {}).wake();
    var api =
        CompletableFuture.supplyAsync(() -> startApi(applications, Optional.of(wake)), starting);
    try {
      var host = keep(applications.startWorkerHost(options.ports().workerManagement()));
      drainer.complete(host.getBean(IntakeWake.class));
      tell.accept("the worker host is ready");
    } finally {
      // on top, so that it stops taking in before the host stops
      keep(join(api));
    }
  }

  private ConfigurableApplicationContext startApi(
      Applications applications, Optional<IntakeWake> wake) {
    var api = applications.startApi(options.ports().api(), options.ports().apiManagement(), wake);
    tell.accept("the REST starter is ready");
    return api;
  }

  private Status status(
      Secrets secrets, Database database, String temporalAddress, SimulatorProperties vendors) {
    return new Status(
        api(),
        null,
        temporalAddress,
        options.temporalAddress() == null
            ? "http://127.0.0.1:" + options.ports().temporalUi()
            : null,
        vendors.bases().get("smtp") + "/mailbox",
        vendors.bases().get("smtp") + "/preview",
        "127.0.0.1:" + vendors.smtpPort(),
        new TreeMap<>(vendors.bases()),
        options.allocator(),
        database.reader().libpqUri(),
        secrets.apiKeys(),
        secrets.stripeWebhookSecret(),
        null);
  }

  private String api() {
    return "http://127.0.0.1:" + options.ports().api();
  }

  private String startTemporal(Path binary) {
    var server =
        new TemporalServer(
            binary,
            home.temporalDatabase(),
            home.logs().resolve("temporal.log"),
            new PidFile(home.temporalPid()),
            options.ports().temporal(),
            options.ports().temporalUi());
    startServer(server);
    return server.address();
  }

  private Database database(Secrets secrets) {
    DatabaseAddress superuser = options.database();
    if (superuser == null) {
      PostgresServer server = postgres(secrets.postgresPassword("postgres"));
      startServer(server);
      Database.create(server);
      superuser = server.database(Database.NAME);
    }
    var database = new Database(superuser, secrets);
    database.prepare();
    tell.accept("the database is up to date");
    try (var connection = database.application().connect()) {
      DemoData.load(connection, DemoData.SEED);
      secrets.registerApiKeys(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("The demo data cannot be loaded", e);
    }
    return database;
  }

  private PostgresServer postgres(String password) {
    return new PostgresServer(
        home.postgresData(),
        home.programs(),
        home.logs().resolve("postgres.log"),
        options.ports().postgres(),
        password);
  }

  private void startServer(Server server) {
    keep(server);
    server.start();
    tell.accept(server.name() + " is ready");
    synchronized (servers) {
      servers.add(server);
    }
  }

  /** Refuses where a sandbox runs in this home, or is being started. */
  static void refuseSecond(Home home) {
    new PidFile(home.mainstayPid())
        .running()
        .ifPresent(other -> {
          throw new CannotStart(
              "A sandbox already runs here (process %d): ./mainstay status shows it, ./mainstay down stops it"
                  .formatted(other.pid()));
        });
  }

  /** Ends what a sandbox that was killed left behind. */
  static void endLeftovers(Home home) {
    endWorkerHosts(home);
    new PidFile(home.temporalPid()).end(HOST_STOPS_WITHIN);
    PostgresServer.endLeftovers(home.programs());
  }

  private static void endWorkerHosts(Home home) {
    Status.workerHosts(home).forEach(host -> host.end(HOST_STOPS_WITHIN));
  }

  private void forget() {
    try {
      Files.deleteIfExists(home.ready());
      Files.deleteIfExists(home.status());
      Files.deleteIfExists(home.mainstayPid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    synchronized (running) {
      if (!closed) {
        running.push(part);
        return part;
      }
    }
    stop(part);
    throw new CannotStart("Stopped while it was starting");
  }

  /** Stops everything in order, also in the middle of a start. Data stays. */
  @Override
  public void close() {
    List<AutoCloseable> parts;
    synchronized (running) {
      closed = true;
      parts = List.copyOf(running);
      running.clear();
    }
    parts.forEach(Sandbox::stop);
  }

  private static void stop(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      log.error("{} did not stop in order", part, e);
    }
  }
}
