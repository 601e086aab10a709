package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.PAYOUT;
import static dev.mainstay.db.generated.Tables.PAYOUT_STATE;

import dev.mainstay.db.payroll.PayoutStatus;
import dev.mainstay.workflows.payroll.PayoutCaseSteps;
import dev.mainstay.workflows.payroll.PayoutSteps;
import java.util.UUID;
import org.jooq.DSLContext;

/** Each step one statement. */
public final class PayoutCaseStepsImpl implements PayoutCaseSteps {

  private final DSLContext database;

  public PayoutCaseStepsImpl(DSLContext database) {
    this.database = database;
  }

  @Override
  public PayoutSteps.PayoutResult look(UUID payoutId) {
    return database
        .selectFrom(PAYOUT_STATE.call(payoutId))
        .fetchSingle(row ->
            new Payouts.State(
                    PayoutStatus.of(row.get(PAYOUT_STATE.STATUS)), row.get(PAYOUT_STATE.REASON))
                .result());
  }

  @Override
  public boolean reopen(UUID payoutId) {
    return database
            .update(PAYOUT)
            .set(PAYOUT.STATUS, PayoutStatus.FROZEN.text())
            .setNull(PAYOUT.REASON)
            .where(PAYOUT.ID.eq(payoutId), PAYOUT.STATUS.eq(PayoutStatus.FAILED.text()))
            .execute()
        == 1;
  }
}
