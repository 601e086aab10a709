package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.PAYOUT;
import static dev.mainstay.db.generated.Tables.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestDatabase;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A payout goes to the account that was there when it was frozen, and that was approved. */
class FrozenAccountTest {

  private static final String MONDAY = "2026-01-05";
  private static final String NEXT = "2026-01-12";

  private final TestDatabase database = TestDatabase.create();
  private final TestPayroll payroll = new TestPayroll(database);
  private final UUID vendor = payroll.vendor("weekly", "acct_first");

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    database.close();
  }

  @Test
  void anotherAccountIsAnotherHash() {
    payroll.earned(vendor, 1, 20_000, "2026-01-06T12:00:00Z");
    UUID run = payroll.requested("weekly", MONDAY, "UTC");
    payroll.steps(true).begin(run);
    String approved = propose(run);

    assertThat(set("acct_thief", true)).isEqualTo("replaced");

    assertThat(propose(run)).isNotEqualTo(approved);
    assertThat(Routines.approvePayroll(database.dsl().configuration(), run, approved, "eve"))
        .isEqualTo("changed");
  }

  @Test
  void aPayoutKeepsTheAccountThatWasFrozen() {
    payroll.earned(vendor, 1, 20_000, "2026-01-06T12:00:00Z");
    UUID run = payroll.frozen("weekly", MONDAY);

    set("acct_thief", true);

    assertThat(database.dsl().selectFrom(PAYOUT).where(PAYOUT.RUN_ID.eq(run)).fetch(PAYOUT.ACCOUNT))
        .containsExactly("acct_first");
  }

  @Test
  void anAccountThatWasReplacedJustBeforeTheRequestIsCarried() {
    payroll.earned(vendor, 1, 20_000, "2026-01-06T12:00:00Z");
    set("acct_thief", true);

    UUID run = payroll.frozen("weekly", MONDAY);

    assertThat(payroll.payouts(run, vendor))
        .containsExactly("carried 16000 USD of 1: account-changed");
    database
        .dsl()
        .update(VENDOR)
        .set(VENDOR.ACCOUNT_CHANGED_AT, Instant.now().minusSeconds(73 * 3_600))
        .execute();
    assertThat(payroll.payouts(payroll.frozen("weekly", NEXT), vendor))
        .containsExactly("frozen 16000 USD of 1");
  }

  @Test
  void theFirstAccountIsNoChange() {
    UUID homeless = payroll.vendor("weekly", null);

    assertThat(set(homeless, "acct_new", false)).isEqualTo("set");
    assertThat(set(homeless, "acct_new", false)).isEqualTo("same");
    assertThat(set(homeless, "acct_other", false)).isEqualTo("refused");

    payroll.earned(homeless, 1, 20_000, "2026-01-06T12:00:00Z");
    assertThat(payroll.payouts(payroll.frozen("weekly", MONDAY), homeless))
        .containsExactly("frozen 16000 USD of 1");
  }

  private @Nullable String propose(UUID run) {
    return Routines.proposePayroll(database.dsl().configuration(), run).getHash();
  }

  private @Nullable String set(String account, boolean mayReplace) {
    return set(vendor, account, mayReplace);
  }

  private @Nullable String set(UUID of, String account, boolean mayReplace) {
    return Routines.setPayoutAccount(
        database.dsl().configuration(), of, account, mayReplace, "fin", "c");
  }
}
