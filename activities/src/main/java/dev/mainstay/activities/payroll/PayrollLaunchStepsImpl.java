package dev.mainstay.activities.payroll;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.payroll.Cadence;
import dev.mainstay.workflows.payroll.PayrollLaunchSteps;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.springframework.transaction.support.TransactionOperations;

/** Asks for runs in the name of their Schedules, in one transaction. */
public final class PayrollLaunchStepsImpl implements PayrollLaunchSteps {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final ZoneId zone;
  private final Duration accountHold;

  /**
   * Asks for runs of the periods of a zone.
   *
   * @param zone the payroll zone
   * @param accountHold how long before the run a payout account must not have changed
   */
  public PayrollLaunchStepsImpl(
      DSLContext database, TransactionOperations transaction, ZoneId zone, Duration accountHold) {
    this.database = database;
    this.transaction = transaction;
    this.zone = zone;
    this.accountHold = accountHold;
  }

  @Override
  public UUID launch(Cadence cadence, Instant nominal) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          Configuration jooq = database.configuration();
          LocalDate period =
              Routines.lastPayrollPeriod(jooq, cadence.text(), zone.getId(), nominal);
          return Routines.requestPayroll(
              jooq,
              cadence.text(),
              period,
              zone.getId(),
              Math.toIntExact(accountHold.toSeconds()),
              cadence.sweep(),
              cadence.sweep() + "/" + period,
              nominal);
        }));
  }
}
