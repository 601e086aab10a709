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
   * Opens items that offer a restart for the unfinished work of a page that no run carries, in
   * place of the items of the runs that were lost.
   *
   * @param after the intake row behind which the page begins; null for the first
   */
  @ActivityMethod(name = "reportLostRuns")
  Items reportLostRuns(@Nullable UUID after);

  /**
   * Closes such items where the work is over, or carried again.
   *
   * @return how many
   */
  @ActivityMethod(name = "closeReports")
  long closeReports();

  /**
   * Closes the items of a page whose runs were terminated or timed out in Temporal, since no signal
   * reaches them any more.
   *
   * @param after the item behind which the page begins; null for the first
   */
  @ActivityMethod(name = "closeItemsOfTerminatedRuns")
  Items closeItemsOfTerminatedRuns(@Nullable UUID after);

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
   * @param count the number of items that were opened or closed
   * @param last the key after which the next page begins; null if this is the last page
   */
  record Items(long count, @Nullable UUID last) {}
}
