package dev.mainstay.workflows.purchase;

import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The last step, which blocks nothing: three tries of 200 ms, then a log line and a counter. */
final class PurchaseCaches {

  private static final int ATTEMPTS = 3;
  private static final Duration TIMEOUT = Duration.ofMillis(200);

  private PurchaseCaches() {}

  static void invalidate(PurchaseSteps.Purchases purchases) {
    var steps =
        Workflow.newLocalActivityStub(
            PurchaseSteps.class,
            LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(TIMEOUT)
                .setRetryOptions(
                    RetryOptions.newBuilder()
                        .setMaximumAttempts(ATTEMPTS)
                        .setInitialInterval(TIMEOUT)
                        .build())
                .setDoNotIncludeArgumentsIntoMarker(true)
                .build());
    try {
      steps.invalidateCaches(purchases);
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure cancelled) {
        throw cancelled;
      }
      Workflow.getMetricsScope().counter("mainstay_caches_failed").inc(1);
      Workflow.getLogger(PurchaseCaches.class)
          .warn("The caches of {} purchases were not invalidated", purchases.ids().size(), failure);
    }
  }
}
