package dev.mainstay.api.vendor;

import dev.mainstay.api.access.Caller;
import dev.mainstay.api.access.Role;
import dev.mainstay.api.command.AuditedAction;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.generated.Routines;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sets where vendors are paid. Operators and finance set the first account, which is no change;
 * only finance replaces it.
 */
@Component
class PayoutAccounts {

  private final CommandRunner commands;
  private final DSLContext database;

  PayoutAccounts(CommandRunner commands, DSLContext database) {
    this.commands = commands;
    this.database = database;
  }

  /**
   * Sets the account of a vendor; the same again changes nothing.
   *
   * @param first runs before it in the same transaction
   * @throws Refusal if the caller may not set it, or there is no such vendor
   */
  void put(UUID vendor, String account, @Nullable String reason, Caller caller, Runnable first) {
    var _ =
        commands
            .by(caller)
            .audited(
                new AuditedAction(
                    "set-payout-account", "vendor/" + vendor, vendor, reason, account))
            .run(
                () -> {
                  requireMaySet(caller);
                  first.run();
                  return set(vendor, account, caller);
                },
                (entry, result) -> result.equals("same") ? null : entry);
  }

  private static void requireMaySet(Caller caller) {
    if (!caller.isOperator() && !isFinance(caller)) {
      throw Refusal.role();
    }
  }

  private String set(UUID vendor, String account, Caller caller) {
    String result =
        Routines.setPayoutAccount(
            database.configuration(),
            vendor,
            account,
            isFinance(caller),
            caller.name(),
            caller.correlationId());
    if (result == null) {
      throw Refusal.notFound("vendor");
    }
    if (result.equals("refused")) {
      throw Refusal.role();
    }
    return result;
  }

  private static boolean isFinance(Caller caller) {
    return caller.client().roles().contains(Role.FINANCE);
  }
}
