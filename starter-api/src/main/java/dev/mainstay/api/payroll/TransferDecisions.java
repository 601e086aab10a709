package dev.mainstay.api.payroll;

import static java.util.Objects.requireNonNull;

import dev.mainstay.api.access.Caller;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.generated.Routines;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decisions about transfers that the database does not know, as after a restore from a backup. No
 * signal makes one.
 */
@Component
public class TransferDecisions {

  private final DSLContext database;

  TransferDecisions(DSLContext database) {
    this.database = database;
  }

  /**
   * Records the unknown transfers of a run's period as the payments of its payouts.
   *
   * @param transfer only this one; null for all
   * @return how many there were
   * @throws Refusal if one differs from its payout; then nothing was changed
   */
  public int adopt(UUID run, @Nullable String transfer, String reason, Caller caller) {
    var decided =
        Routines.adoptTransfers(database.configuration(), run, transfer, caller.name(), reason);
    if (decided.getRefusal() != null) {
      throw Refusal.conflict("transfer-differs", decided.getRefusal());
    }
    return decided.getAdopted();
  }

  /**
   * Decides that unknown transfers that hold a run paid no payout; the run pays them.
   *
   * @param transfer only this one; null for all
   * @return how many there were
   */
  public int disown(UUID run, @Nullable String transfer, String reason, Caller caller) {
    return requireNonNull(
        Routines.disownTransfers(database.configuration(), run, transfer, caller.name(), reason));
  }
}
