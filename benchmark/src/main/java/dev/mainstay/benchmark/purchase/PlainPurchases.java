package dev.mainstay.benchmark.purchase;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mainstay.activities.purchase.PurchaseIntake;
import dev.mainstay.activities.purchase.PurchaseStepsImpl;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.sandbox.load.FreePair;
import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.workflows.purchase.PurchaseSteps;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.WorkerFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Runs the reference on the sandbox's own servers, with a worker of the SDK's default settings. */
final class PlainPurchases implements AutoCloseable {

  private static final int POOL = 16;

  private final HikariDataSource pool;
  private final WorkflowClient client;
  private final WorkerFactory workers;

  PlainPurchases(DatabaseAddress database, WorkflowClient client) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:postgresql://" + database.place());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(POOL);
    this.pool = new HikariDataSource(config);
    this.client = client;
    DSLContext jooq = DSL.using(new TransactionAwareDataSourceProxy(pool), SQLDialect.POSTGRES);
    var transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
    var steps =
        new PurchaseStepsImpl(
            jooq,
            transaction,
            new PurchaseIntake(jooq, new Intake(jooq, () -> {})),
            InstantSource.system(),
            Optional.empty(),
            PurchaseSteps.Allocator.BUILT_IN);
    this.workers = WorkerFactory.newInstance(client);
    var worker = workers.newWorker(PlainPurchaseWorkflow.QUEUE);
    worker.registerWorkflowImplementationTypes(PlainPurchaseWorkflowImpl.class);
    worker.registerActivitiesImplementations(new PlainPurchaseStepsImpl(jooq, steps));
    workers.start();
  }

  /**
   * Runs one workflow per pair, at most so many at once, and returns the last one's id when all are
   * done.
   */
  String run(List<FreePair> pairs, int concurrency) throws InterruptedException {
    var open = new Semaphore(concurrency);
    String last = "";
    var results = new ArrayList<CompletableFuture<Void>>();
    for (FreePair pair : pairs) {
      open.acquire();
      String payment = "pi_plain" + UUID.randomUUID().toString().replace("-", "");
      last = "plain/" + payment;
      WorkflowStub run = stub(last);
      run.start(new PlainPurchaseWorkflow.Order(UUID.randomUUID(), payment, body(payment, pair)));
      results.add(run.getResultAsync(Void.class).whenComplete((_, _) -> open.release()));
    }
    CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new)).join();
    return last;
  }

  private WorkflowStub stub(String id) {
    return client.newUntypedWorkflowStub(
        "PlainPurchaseWorkflow",
        WorkflowOptions.newBuilder()
            .setWorkflowId(id)
            .setTaskQueue(PlainPurchaseWorkflow.QUEUE)
            .build());
  }

  private static String body(String payment, FreePair pair) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "provider", "stripe",
                "providerPaymentId", payment,
                "studentId", pair.student(),
                "courseId", pair.course(),
                "amountMinor", pair.priceMinor(),
                "currency", pair.currency()));
  }

  @Override
  public void close() {
    workers.shutdown();
    workers.awaitTermination(10, TimeUnit.SECONDS);
    pool.close();
  }
}
