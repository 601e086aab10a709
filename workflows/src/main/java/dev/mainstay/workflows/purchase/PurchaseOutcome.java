package dev.mainstay.workflows.purchase;

import io.temporal.workflow.Workflow;
import java.util.Locale;
import java.util.Map;

/**
 * Counts how purchases end, each once, by the run that carried it to its end; never in a replay.
 */
final class PurchaseOutcome {

  private PurchaseOutcome() {}

  static void count(PurchaseWorkflow.Result outcome, int purchases) {
    if (purchases > 0) {
      Workflow.getMetricsScope()
          .tagged(Map.of("outcome", outcome.name().toLowerCase(Locale.ROOT)))
          .counter("mainstay_purchases")
          .inc(purchases);
    }
  }
}
