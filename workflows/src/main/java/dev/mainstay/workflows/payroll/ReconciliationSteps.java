package dev.mainstay.workflows.payroll;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The reconciliation's steps, on the queue {@code payments}. Each is safe to run again. */
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
   * The half-open time range to compare.
   *
   * @param until the time that the Schedule meant
   */
  record Window(Instant since, Instant until) {}

  /**
   * The result of one page of transfers.
   *
   * @param transfers the number that was kept
   * @param next the key of the following page; null on the last
   */
  record Collected(int transfers, @Nullable String next) {}
}
