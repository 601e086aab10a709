package dev.mainstay.workflows.invariants;

import dev.mainstay.workflows.page.Counts;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The database steps of the sweep. Each is safe to run again. */
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

  /** Runs the checker, and opens or closes the attention item that reports its findings. */
  @ActivityMethod(name = "checkInvariants")
  Counts check();

  /**
   * The result of a page.
   *
   * @param items the number of closed items
   * @param last the key after which the next page begins; null if this is the last page
   */
  record Closed(long items, @Nullable UUID last) {}
}
