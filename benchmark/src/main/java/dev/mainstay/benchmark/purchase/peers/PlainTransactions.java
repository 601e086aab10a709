package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.benchmark.purchase.PaymentRequest;
import dev.mainstay.benchmark.purchase.ProductSteps;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** No engine: all steps of a purchase in one transaction. An unfinished purchase is lost. */
final class PlainTransactions implements Engine {

  static final String NAME = "plain SQL, one transaction each";

  private final ProductSteps steps;
  private final int threads;

  PlainTransactions(ProductSteps steps, int threads) {
    this.steps = steps;
    this.threads = threads;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(List<PaymentRequest> orders) throws InterruptedException, ExecutionException {
    Parallel.each(threads, orders, order -> steps.all(List.of(order)));
  }
}
