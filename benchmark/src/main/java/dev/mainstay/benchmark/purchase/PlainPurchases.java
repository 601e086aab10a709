package dev.mainstay.benchmark.purchase;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.WorkerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Runs the reference on the sandbox's own servers, with a worker of the SDK's default settings. */
public final class PlainPurchases implements AutoCloseable {

  private final WorkflowClient client;
  private final WorkerFactory workers;

  public PlainPurchases(ProductSteps steps, WorkflowClient client) {
    this.client = client;
    this.workers = WorkerFactory.newInstance(client);
    var worker = workers.newWorker(PlainPurchaseWorkflow.QUEUE);
    worker.registerWorkflowImplementationTypes(PlainPurchaseWorkflowImpl.class);
    worker.registerActivitiesImplementations(new PlainPurchaseStepsImpl(steps));
    workers.start();
  }

  /**
   * Runs one workflow per order, a limited number at once, and returns the last one's id when all
   * are done.
   */
  public String run(List<PaymentRequest> orders, int concurrency) throws InterruptedException {
    var open = new Semaphore(concurrency);
    var results = new ArrayList<CompletableFuture<Void>>();
    for (PaymentRequest order : orders) {
      open.acquire();
      WorkflowStub run = stub(id(order));
      run.start(order);
      results.add(run.getResultAsync(Void.class).whenComplete((_, _) -> open.release()));
    }
    CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new)).join();
    return id(orders.getLast());
  }

  private static String id(PaymentRequest order) {
    return "plain/" + order.paymentId();
  }

  private WorkflowStub stub(String id) {
    return client.newUntypedWorkflowStub(
        "PlainPurchaseWorkflow",
        WorkflowOptions.newBuilder()
            .setWorkflowId(id)
            .setTaskQueue(PlainPurchaseWorkflow.QUEUE)
            .build());
  }

  @Override
  public void close() {
    workers.shutdown();
    workers.awaitTermination(10, TimeUnit.SECONDS);
  }
}
