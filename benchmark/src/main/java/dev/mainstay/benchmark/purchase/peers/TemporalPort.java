package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.benchmark.purchase.PaymentRequest;
import dev.mainstay.benchmark.purchase.PlainPurchases;
import dev.mainstay.benchmark.purchase.ProductSteps;
import io.temporal.client.WorkflowClient;
import java.util.List;

/** Temporal as one would port it first: a run per purchase, each step an ordinary activity. */
final class TemporalPort implements Engine {

  private final WorkflowClient client;
  private final PlainPurchases purchases;
  private final int atOnce;
  private String last = "";

  TemporalPort(ProductSteps steps, WorkflowClient client, int atOnce) {
    this.client = client;
    this.purchases = new PlainPurchases(steps, client);
    this.atOnce = atOnce;
  }

  @Override
  public String name() {
    return "Temporal, five remote activities";
  }

  @Override
  public int maxBatchSize() {
    return 500;
  }

  @Override
  public void run(List<PaymentRequest> orders) throws InterruptedException {
    last = purchases.run(orders, atOnce);
  }

  @Override
  public int events() {
    return client.fetchHistory(last).getEvents().size();
  }

  @Override
  public void close() {
    purchases.close();
  }
}
