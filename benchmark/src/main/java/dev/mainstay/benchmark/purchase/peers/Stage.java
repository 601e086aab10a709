package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.benchmark.Meter;
import dev.mainstay.benchmark.purchase.PaymentRequest;
import dev.mainstay.benchmark.purchase.ProductDatabase;
import dev.mainstay.benchmark.purchase.ProductSteps;
import dev.mainstay.sandbox.Allocator;
import dev.mainstay.sandbox.Home;
import dev.mainstay.sandbox.Ports;
import dev.mainstay.sandbox.RunningDatabase;
import dev.mainstay.sandbox.Sandbox;
import dev.mainstay.sandbox.SandboxOptions;
import dev.mainstay.sandbox.Status;
import dev.mainstay.sandbox.load.StudentCoursePair;
import dev.mainstay.sandbox.server.DatabaseAddress;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.GrpcCompression;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The sandbox as it is set up for some of the engines, which run on it one after the other. */
final class Stage implements AutoCloseable {

  /** Connections, and what an engine does at once. */
  static final int AT_ONCE = 16;

  private final BenchDatabase database;
  private final Sandbox sandbox;
  private final Status status;
  private final Connection superuser;
  private final DatabaseAddress application;
  private final ProductDatabase product;
  private final ProductSteps steps;
  private final WorkflowServiceStubs temporal;
  private final WorkflowClient client;
  private final long temporalProcess;

  private Stage(
      Home home,
      BenchDatabase database,
      Optional<TemporalOnPostgres> otherTemporal,
      Sandbox sandbox)
      throws SQLException {
    this.database = database;
    this.sandbox = sandbox;
    this.status = sandbox.start();
    this.superuser = database.product().connect();
    this.application = new RunningDatabase(home).address();
    this.product = new ProductDatabase(application, AT_ONCE);
    this.steps = new ProductSteps(product);
    this.temporal =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(status.temporalAddress())
                .setGrpcCompression(GrpcCompression.NONE)
                .build());
    this.client = WorkflowClient.newInstance(temporal);
    this.temporalProcess =
        otherTemporal
            .map(TemporalOnPostgres::processId)
            .orElseGet(() -> Objects.requireNonNull(pids().temporal()));
  }

  /**
   * Starts a stage.
   *
   * @param temporal a Temporal in place of the sandbox's own
   * @param purchasesPerRun the number of waiting purchases that a run of the product may carry, 1
   *     to 50
   * @param telling whether students and trainers are notified
   */
  static Stage start(
      Home home,
      BenchDatabase database,
      Optional<TemporalOnPostgres> temporal,
      int purchasesPerRun,
      boolean telling)
      throws SQLException {
    var settings =
        Map.of(
            "mainstay.worker.purchases-per-run", String.valueOf(purchasesPerRun),
            "mainstay.features.notification.enabled", String.valueOf(telling));
    var options =
        new SandboxOptions(
            Ports.free(),
            false,
            0,
            Allocator.BUILT_IN,
            temporal.map(TemporalOnPostgres::address).orElse(null),
            database.product());
    settings.forEach(System::setProperty);
    try {
      return new Stage(home, database, temporal, new Sandbox(home, options, System.out::println));
    } finally {
      settings.keySet().forEach(System::clearProperty);
    }
  }

  Engine plainTransactions() {
    return new PlainTransactions(steps, AT_ONCE);
  }

  Engine plainBatches() {
    return new PlainBatches(steps);
  }

  Engine dbScheduler() throws SQLException {
    return new DbScheduler(steps, database.empty("db_scheduler", application), AT_ONCE);
  }

  Engine jobRunr() throws SQLException {
    return new JobRunrJobs(steps, database.empty("jobrunr", application), AT_ONCE);
  }

  Engine dbos() throws SQLException {
    return new DbosWorkflows(steps, database.empty("dbos", application), AT_ONCE);
  }

  Engine temporalPort() {
    return new TemporalPort(steps, client, AT_ONCE);
  }

  /** The product, in the way that this stage is set up. */
  Engine mainstay(String name, int most) {
    return new MainstayEngine(name, most, product, client, AT_ONCE);
  }

  /** Opens an engine. */
  @FunctionalInterface
  interface Opening {
    Engine open() throws SQLException;
  }

  /** Runs one engine from an empty table on, and looks whether all is as it must be. */
  PeerRound measure(Opening opening, int purchases) throws Exception {
    database.forgetPurchases();
    try (Engine engine = opening.open()) {
      int number = Math.min(purchases, engine.maxBatchSize());
      List<PaymentRequest> orders = PaymentRequest.of(StudentCoursePair.find(superuser, number));
      Meter before = meter();
      long begun = System.nanoTime();
      engine.run(orders);
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      Meter spent = meter().since(before);
      var round = new PeerRound(engine.name(), number, took, engine.events(), spent);
      database.requireComplete(number);
      return round;
    }
  }

  private Meter meter() throws SQLException {
    return Meter.read(temporalProcess, database.processId(), superuser);
  }

  private Status.Pids pids() {
    return Objects.requireNonNull(status.pids());
  }

  @Override
  public void close() throws SQLException {
    temporal.shutdownNow();
    product.close();
    superuser.close();
    sandbox.close();
  }
}
