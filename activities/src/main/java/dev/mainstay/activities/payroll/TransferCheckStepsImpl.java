package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.PAYOUT;
import static dev.mainstay.db.generated.Tables.PAYROLL_RUN;
import static dev.mainstay.db.generated.Tables.UNKNOWN_TRANSFER;
import static java.util.Objects.requireNonNull;

import dev.mainstay.activities.payroll.TransferGateway.Made;
import dev.mainstay.activities.payroll.TransferGateway.MadePage;
import dev.mainstay.activities.payroll.TransferGateway.Origin;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.payroll.TransferCheckSteps;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A page of the provider's list is one transaction, and so is the conclusion. */
public final class TransferCheckStepsImpl implements TransferCheckSteps {

  /** So that 100,000 transfers are ten activities of less than a minute. */
  private static final int PAGES_AT_ONCE = 100;

  private final DSLContext database;
  private final TransferGateway gateway;

  /**
   * @param database outside of any transaction
   */
  public TransferCheckStepsImpl(DSLContext database, TransferGateway gateway) {
    this.database = database;
    this.gateway = gateway;
  }

  @Override
  public Checked check(UUID runId, @Nullable String after) {
    var run =
        database
            .select(PAYROLL_RUN.TRANSFERS_CHECKED_AT, Routines.transfersSince(PAYROLL_RUN.ENDS_AT))
            .from(PAYROLL_RUN)
            .where(PAYROLL_RUN.ID.eq(runId))
            .fetchSingle();
    @Nullable String next = null;
    if (run.value1() == null) {
      next = readSome(run.value2(), after);
      if (next == null) {
        Routines.concludeTransferCheck(database.configuration(), runId);
      }
    }
    return new Checked(next, hasAdopted(runId));
  }

  /** Where the next call begins; null at the end of the list. */
  private @Nullable String readSome(Instant since, @Nullable String after) {
    @Nullable String next = after;
    for (int page = 0; page < PAGES_AT_ONCE; page++) {
      MadePage made = gateway.made(since, null, next);
      keep(made.transfers().stream().filter(transfer -> transfer.origin() != null).toList());
      next = made.next();
      if (next == null) {
        break;
      }
    }
    return next;
  }

  private void keep(List<Made> made) {
    Routines.keepUnknownTransfers(
        database.configuration(),
        column(made, Made::transferId, String[]::new),
        column(made, Made::payoutId, UUID[]::new),
        column(made, transfer -> origin(transfer).installation(), UUID[]::new),
        column(made, transfer -> origin(transfer).cadence(), String[]::new),
        column(made, transfer -> origin(transfer).periodStart(), LocalDate[]::new),
        column(made, Made::destination, String[]::new),
        column(made, Made::amountMinor, Long[]::new),
        column(made, Made::currency, String[]::new),
        column(made, Made::reversedMinor, Long[]::new),
        column(made, transfer -> transfer.madeAt().getEpochSecond(), Long[]::new));
  }

  private boolean hasAdopted(UUID runId) {
    return database.fetchExists(
        DSL.selectOne()
            .from(UNKNOWN_TRANSFER)
            .join(PAYOUT)
            .on(PAYOUT.ID.eq(UNKNOWN_TRANSFER.ADOPTED_PAYOUT_ID))
            .where(PAYOUT.RUN_ID.eq(runId)));
  }

  @Override
  public Hold hold(UUID runId) {
    var hold = Routines.transferHold(database.configuration(), runId);
    return new Hold(
        hold.getTransfers(), hold.getTotals(), hold.getAmountMinor(), hold.getCurrency());
  }

  private static Origin origin(Made transfer) {
    return requireNonNull(transfer.origin());
  }

  private static <T> T[] column(List<Made> made, Function<Made, T> value, IntFunction<T[]> array) {
    return made.stream().map(value).toArray(array);
  }
}
