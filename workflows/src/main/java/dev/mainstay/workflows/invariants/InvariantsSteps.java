package dev.mainstay.workflows.invariants;

import dev.mainstay.workflows.page.Counts;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the sweep asks of the database. Each may run again. */
@ActivityInterface
public interface InvariantsSteps {

  /**
   * Closes the items of a page whose runs were terminated or timed out in Temporal, since no signal
   * reaches them any more.
   *
   * @param after the item behind which the page begins; null for the first
   */
  @ActivityMethod(name = "closeItemsOfTerminatedRuns")
  Closed closeItemsOfTerminatedRuns(@Nullable UUID after);

  /**
   * Seals the audit log.
   *
   * @return how many rows of it
   */
  @ActivityMethod(name = "sealAudit")
  long sealAudit();

  /** Asks the checker, and opens or closes the attention item that tells of its answer. */
  @ActivityMethod(name = "checkInvariants")
  Counts check();

  /**
   * What became of a page.
   *
   * @param items how many were closed
   * @param last behind which the next page begins; null where there is none
   */
  record Closed(long items, @Nullable UUID last) {}
}
