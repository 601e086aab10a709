package dev.mainstay.activities.payroll;

import static java.util.Objects.requireNonNull;

import dev.mainstay.activities.payroll.TransferGateway.Made;
import dev.mainstay.activities.payroll.TransferGateway.MadePage;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.payroll.ReconciliationSteps;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** A page of the provider's list is one transaction, and so is the comparison. */
public final class ReconciliationStepsImpl implements ReconciliationSteps {

  /** So that a run of 100,000 transfers is some 50 activities. */
  private static final int PAGES_AT_ONCE = 20;

  private final DSLContext database;
  private final TransferGateway gateway;

  public ReconciliationStepsImpl(DSLContext database, TransferGateway gateway) {
    this.database = database;
    this.gateway = gateway;
  }

  @Override
  public Collected collect(Window window, @Nullable String after) {
    int transfers = 0;
    String next = after;
    for (int page = 0; page < PAGES_AT_ONCE; page++) {
      MadePage made = gateway.made(window.since(), window.until(), next);
      keep(made.transfers());
      transfers += made.transfers().size();
      next = made.next();
      if (next == null) {
        break;
      }
    }
    return new Collected(transfers, next);
  }

  @Override
  public int compare(Window window) {
    return requireNonNull(
        Routines.reconcilePayroll(database.configuration(), window.since(), window.until()));
  }

  private void keep(List<Made> made) {
    Routines.recordTransfers(
        database.configuration(),
        column(made, Made::transferId, String[]::new),
        column(made, Made::payoutId, UUID[]::new),
        column(made, Made::amountMinor, Long[]::new),
        column(made, Made::currency, String[]::new),
        column(made, Made::reversedMinor, Long[]::new),
        column(made, transfer -> transfer.madeAt().getEpochSecond(), Long[]::new));
  }

  private static <T> T[] column(List<Made> made, Function<Made, T> value, IntFunction<T[]> array) {
    return made.stream().map(value).toArray(array);
  }
}
