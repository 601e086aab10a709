package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.benchmark.purchase.PaymentRequest;
import dev.mainstay.benchmark.purchase.ProductSteps;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Gatherers;

/** No engine: all steps of fifty purchases in one transaction, the least that it can cost. */
final class PlainBatches implements Engine {

  private static final int SIZE = 50;

  /** The number of runs that the product starts at once. */
  private static final int AT_ONCE = 2;

  private final ProductSteps steps;

  PlainBatches(ProductSteps steps) {
    this.steps = steps;
  }

  @Override
  public String name() {
    return "plain SQL, batched by 50";
  }

  @Override
  public void run(List<PaymentRequest> orders) throws InterruptedException, ExecutionException {
    List<List<PaymentRequest>> batches =
        orders.stream().gather(Gatherers.windowFixed(SIZE)).toList();
    Parallel.each(AT_ONCE, batches, steps::all);
  }
}
