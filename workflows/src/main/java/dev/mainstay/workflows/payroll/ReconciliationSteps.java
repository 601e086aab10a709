package dev.mainstay.workflows.payroll;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the reconciliation asks, on the queue {@code payments}. Each is safe to run again. */
@ActivityInterface
public interface ReconciliationSteps {

  /** Keeps what the provider says it has transferred; some of it at a time, the latest first. */
  @ActivityMethod(name = "collectTransfers")
  Collected collect(Window window, @Nullable String after);

  /**
   * Compares, and keeps each difference with both sides.
   *
   * @return how many there are
   */
  @ActivityMethod(name = "comparePayroll")
  int compare(Window window);

  /**
   * What is looked at: half-open.
   *
   * @param until the time that the Schedule meant
   */
  record Window(Instant since, Instant until) {}

  /**
   * What was kept.
   *
   * @param next what comes after; null where nothing does
   */
  record Collected(int transfers, @Nullable String next) {}
}
