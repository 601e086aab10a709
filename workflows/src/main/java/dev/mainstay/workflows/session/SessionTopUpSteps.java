package dev.mainstay.workflows.session;

import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.PagePlan;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The steps of the top-up. A page is a range of trainers with all their allocations. */
@ActivityInterface
public interface SessionTopUpSteps {

  /** The next pages behind a trainer; from the first on where there is none. */
  @ActivityMethod(name = "planSessionTopUp")
  PagePlan plan(@Nullable String after);

  /**
   * Fills up the allocations of a page that are short of future sessions.
   *
   * @param nominal the time that the Schedule meant; where that is past, sessions are planned from
   *     now on, since none can be given on a day gone by
   */
  @ActivityMethod(name = "topUpSessions")
  PageOutcome topUp(KeyRange trainers, Instant nominal);
}
