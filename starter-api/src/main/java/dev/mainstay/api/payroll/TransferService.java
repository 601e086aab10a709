package dev.mainstay.api.payroll;

import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.db.generated.Routines;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Keeps what a payment provider tells of transfers. */
@Component
public class TransferService {

  private final CommandRunner commands;
  private final DSLContext database;

  TransferService(CommandRunner commands, DSLContext database) {
    this.commands = commands;
    this.database = database;
  }

  /** Keeps it, as often as it is told; a payout of which it was not known is settled by it. */
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
