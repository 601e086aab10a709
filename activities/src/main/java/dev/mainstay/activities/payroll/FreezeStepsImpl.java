package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.PLAN_FREEZE;
import static java.util.Objects.requireNonNull;

import dev.mainstay.activities.page.PagePlans;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.payroll.FreezeSteps;
import dev.mainstay.workflows.payroll.PayrollSteps.RunState;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Each step one call, which is one transaction; no earning ever leaves the database. */
public final class FreezeStepsImpl implements FreezeSteps {

  private static final UUID FIRST = new UUID(0, 0);

  private final DSLContext database;
  private final int pageSize;

  /**
   * @param pageSize how many vendors a page has
   */
  public FreezeStepsImpl(DSLContext database, int pageSize) {
    this.database = database;
    this.pageSize = pageSize;
  }

  @Override
  public void propose(UUID runId) {
    Routines.proposePayroll(database.configuration(), runId);
  }

  @Override
  public PagePlan plan(UUID runId, @Nullable String after) {
    return PagePlans.of(
        database.fetch(PLAN_FREEZE.call(runId, vendor(after), pageSize, PagePlan.MOST)), pageSize);
  }

  @Override
  public Counts freeze(UUID runId, KeyRange vendors) {
    var page =
        Routines.freezePage(
            database.configuration(), runId, vendor(vendors.after()), vendor(vendors.upTo()));
    return Counts.of("frozen", page.getPays())
        .plus(Counts.of("carried", page.getCarries()))
        .plus(Counts.of("settled", page.getSettled()));
  }

  @Override
  public RunState conclude(UUID runId) {
    return RunStates.of(requireNonNull(Routines.concludeFreeze(database.configuration(), runId)));
  }

  @Override
  public RunState pay(UUID runId, boolean retried) {
    var paid = Routines.payPayroll(database.configuration(), runId, retried);
    return RunStates.of(paid.getStatus(), paid.getPauseReason());
  }

  private static UUID vendor(@Nullable String key) {
    return key == null ? FIRST : UUID.fromString(key);
  }
}
