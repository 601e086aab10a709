package dev.mainstay.api.payroll;

import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.db.generated.Routines;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Records the transfers that a payment provider reports. */
@Component
public class TransferService {

  private final CommandRunner commands;
  private final DSLContext database;

  TransferService(CommandRunner commands, DSLContext database) {
    this.commands = commands;
    this.database = database;
  }

  /**
   * Records a transfer, however often it is reported; it settles a payout whose outcome was
   * unknown.
   */
  public void record(TransferFact fact) {
    commands.doInTransaction(() ->
        Routines.recordTransfers(
            database.configuration(),
            new String[] {fact.transferId()},
            new UUID[] {fact.payoutId()},
            new Long[] {fact.amountMinor()},
            new String[] {fact.currency().getCurrencyCode()},
            new Long[] {fact.reversedMinor()},
            new Long[] {fact.madeAt()}));
  }
}
