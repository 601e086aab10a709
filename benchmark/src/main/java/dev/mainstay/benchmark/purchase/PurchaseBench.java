package dev.mainstay.benchmark.purchase;

import dev.mainstay.benchmark.Meter;
import dev.mainstay.sandbox.Home;
import dev.mainstay.sandbox.Ports;
import dev.mainstay.sandbox.RunningDatabase;
import dev.mainstay.sandbox.Sandbox;
import dev.mainstay.sandbox.SandboxOptions;
import dev.mainstay.sandbox.Status;
import dev.mainstay.sandbox.load.Load;
import dev.mainstay.sandbox.load.LoadPlan;
import dev.mainstay.sandbox.load.LoadProgress;
import dev.mainstay.sandbox.load.LoadReport;
import dev.mainstay.sandbox.load.StudentCoursePair;
import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.GrpcCompression;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A sandbox of its own, durable like any, on which both engines run in turn. */
final class PurchaseBench implements AutoCloseable {

  static final String ONE_BY_ONE = "mainstay, one purchase a run";
  static final String PLAIN = "plain port, five remote activities";

  private static final int POOL = 16;
  private static final String PER_RUN = "mainstay.worker.purchases-per-run";

  private final Home home;
  private final Sandbox sandbox;
  private final Status status;
  private final Connection database;
  private final WorkflowServiceStubs temporal;
  private final WorkflowClient client;

  private PurchaseBench(Home home, Sandbox sandbox, Status status) throws SQLException {
    this.home = home;
    this.sandbox = sandbox;
    this.status = status;
    this.database = DatabaseAddress.parse(status.databaseUrl()).connect();
    this.temporal =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(status.temporalAddress())
                .setGrpcCompression(GrpcCompression.NONE)
                .build());
    this.client = WorkflowClient.newInstance(temporal);
  }

  /**
   * Starts one.
   *
   * @param purchasesPerRun how many purchases a run may carry; 1 for one by one
   */
  static PurchaseBench start(Home home, int purchasesPerRun) throws SQLException {
    System.setProperty(PER_RUN, String.valueOf(purchasesPerRun));
    Sandbox sandbox = new Sandbox(home, SandboxOptions.on(Ports.free()), System.out::println);
    return new PurchaseBench(home, sandbox, sandbox.start());
  }

  Round oneByOne(int purchases, int concurrency) throws Exception {
    return load(ONE_BY_ONE, new LoadPlan(purchases, 0, concurrency));
  }

  Round atRate(int purchases, double rate) throws Exception {
    return load("mainstay, at %.0f a second".formatted(rate), new LoadPlan(purchases, rate, 256));
  }

  Round flood(int purchases, int concurrency) throws Exception {
    return load("mainstay, flood", new LoadPlan(purchases, 0, concurrency));
  }

  private Round load(String engine, LoadPlan plan) throws Exception {
    var load =
        new Load(
            URI.create(status.api() + "/api/v1/webhooks/stripe"),
            status.stripeWebhookSecret(),
            DatabaseAddress.parse(status.databaseUrl()),
            plan);
    Meter before = Meter.read(status, database);
    LoadReport report = load.run(new Quiet());
    Meter spent = Meter.read(status, database).since(before);
    if (!report.isGood()) {
      throw new IllegalStateException(report.text());
    }
    return new Round(
        engine,
        plan.purchases(),
        report.took(),
        events(lastRun()),
        report.acknowledged().getValueAtPercentile(50),
        report.acknowledged().getValueAtPercentile(99),
        spent);
  }

  Round plain(int purchases, int concurrency) throws Exception {
    List<PaymentRequest> orders = PaymentRequest.of(StudentCoursePair.find(database, purchases));
    try (var product = new ProductDatabase(application(), POOL);
        var plain = new PlainPurchases(new ProductSteps(product), client)) {
      Meter before = Meter.read(status, database);
      long begun = System.nanoTime();
      String last = plain.run(orders, concurrency);
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      return new Round(
          PLAIN, purchases, took, events(last), 0, 0, Meter.read(status, database).since(before));
    }
  }

  private DatabaseAddress application() {
    return new RunningDatabase(home).address();
  }

  private int events(String workflowId) {
    return client.fetchHistory(workflowId).getEvents().size();
  }

  private String lastRun() throws SQLException {
    try (var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                "select claim_id from intake where kind = 'purchase' and claim_id is not null order by id desc limit 1")) {
      rows.next();
      return PurchaseBatchWorkflow.id(rows.getObject(1, UUID.class));
    }
  }

  @Override
  public void close() throws SQLException {
    temporal.shutdownNow();
    database.close();
    sandbox.close();
  }

  private static final class Quiet implements LoadProgress {

    @Override
    public void acknowledged(long soFar) {}

    @Override
    public void complete(long soFar) {}
  }
}
