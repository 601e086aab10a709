package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;

/** The receipts of what was paid, on the queue {@code bulk}. */
@ActivityInterface
public interface ReceiptSteps {

  /**
   * Writes the receipt of each payout in a page that is paid and has none, and announces it to its
   * vendor. It fails where one could not be written; the others are.
   *
   * @return {@code receipts}: how many were written
   */
  @ActivityMethod(name = "writeReceipts")
  PageOutcome write(UUID runId, KeyRange payouts);

  /** The same for one payout. */
  @ActivityMethod(name = "writeReceipt")
  void writeOne(UUID payoutId);
}
