package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.benchmark.purchase.PaymentRequest;
import java.util.List;

/** Carries purchases through the product's three steps. Opened for one round, then closed. */
interface Engine extends AutoCloseable {

  String name();

  /** How many purchases a round needs at most; fewer where the engine takes long for each. */
  default int maxBatchSize() {
    return Integer.MAX_VALUE;
  }

  /** Takes all payments in and returns when each of their purchases is active. */
  void run(List<PaymentRequest> orders) throws Exception;

  /** Events in the history of one run; 0 for an engine that keeps no history. */
  default int events() throws Exception {
    return 0;
  }

  @Override
  default void close() {}
}
