package dev.mainstay.benchmark.purchase.peers;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import dev.mainstay.benchmark.purchase.PaymentRequest;
import dev.mainstay.benchmark.purchase.ProductSteps;
import dev.mainstay.sandbox.server.DatabaseAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** DBOS Transact: a workflow of three steps for each purchase, without a queue in front. */
final class DbosWorkflows implements Engine {

  private final DBOS dbos;
  private final PurchaseWorkflow workflow;
  private final int atOnce;

  /** With its tables in an empty database. */
  DbosWorkflows(ProductSteps steps, DatabaseAddress own, int atOnce) {
    this.atOnce = atOnce;
    this.dbos =
        new DBOS(
            DBOSConfig.defaults("mainstay-bench")
                .withDatabaseUrl("jdbc:postgresql://" + own.place())
                .withDbUser(own.user())
                .withDbPassword(own.password()));
    this.workflow = dbos.registerProxy(PurchaseWorkflow.class, new ThreeSteps(dbos, steps));
    dbos.launch();
  }

  @Override
  public String name() {
    return "DBOS Transact 1.1.0-m6, three steps";
  }

  @Override
  public void run(List<PaymentRequest> orders) throws InterruptedException, ExecutionException {
    Parallel.each(
        atOnce,
        orders,
        order -> workflow.purchase(order.purchaseId().toString(), order.paymentId(), order.body()));
  }

  @Override
  public void close() {
    dbos.close();
  }

  /** The methods that its proxy makes durable. */
  public interface PurchaseWorkflow {

    void purchase(String purchaseId, String paymentId, String body);
  }

  /** The workflow. */
  public record ThreeSteps(DBOS dbos, ProductSteps steps) implements PurchaseWorkflow {

    @Override
    @Workflow(name = "purchase")
    public void purchase(String purchaseId, String paymentId, String body) {
      UUID id = UUID.fromString(purchaseId);
      dbos.runStep(() -> steps.create(new PaymentRequest(id, paymentId, body)), "create");
      dbos.runStep(() -> steps.allocate(id), "allocate");
      dbos.runStep(() -> steps.schedule(id), "schedule");
    }
  }
}
