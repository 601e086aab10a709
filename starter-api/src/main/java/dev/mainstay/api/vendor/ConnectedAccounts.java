package dev.mainstay.api.vendor;

import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.db.generated.Routines;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Records what a payment provider reports about the accounts of vendors. */
@Component
public class ConnectedAccounts {

  private final CommandRunner commands;
  private final DSLContext database;

  ConnectedAccounts(CommandRunner commands, DSLContext database) {
    this.commands = commands;
    this.database = database;
  }

  /** Records a report, however often and in whatever order it comes, with the account's vendors. */
  public void record(AccountReport report, String correlationId) {
    commands.doInTransaction(() -> {
      switch (report) {
        case AccountReport.State state ->
            Routines.recordAccountState(
                database.configuration(),
                state.account(),
                state.payoutsEnabled(),
                state.transfersActive(),
                state.disabledReason(),
                state.sound(),
                state.at(),
                correlationId);
        case AccountReport.BankPayout payout ->
            Routines.recordAccountPayout(
                database.configuration(),
                payout.account(),
                payout.payoutId(),
                payout.failureCode(),
                payout.at(),
                correlationId);
      }
    });
  }
}
