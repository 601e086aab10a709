package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.PAYOUT;
import static dev.mainstay.db.generated.Tables.UNKNOWN_TRANSFER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.payroll.TransferGateway.Made;
import dev.mainstay.activities.payroll.TransferGateway.Origin;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.payroll.PayrollStage;
import dev.mainstay.workflows.payroll.PayrollSteps.RunState;
import dev.mainstay.workflows.payroll.ReconciliationSteps.Window;
import dev.mainstay.workflows.payroll.TransferCheckSteps.Checked;
import dev.mainstay.workflows.payroll.TransferCheckSteps.Hold;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database that was restored from a backup pays nobody whom the provider has paid before. */
class RestoredBackupTest {

  private static final String MONDAY = "2026-01-05";
  private static final RunState PAYS = new RunState(PayrollStage.PAY, null);
  private static final RunState HELD = new RunState(PayrollStage.PAUSED, "unknown-transfers");

  private final TestDatabase database = TestDatabase.create();
  private final TestPayroll payroll = new TestPayroll(database);
  private final FakeTransfers provider = new FakeTransfers();
  private final PayoutStepsImpl paying =
      new PayoutStepsImpl(database.dsl(), provider, _ -> {}, new SimpleMeterRegistry());
  private final TransferCheckStepsImpl checking =
      new TransferCheckStepsImpl(database.dsl(), provider);
  private final List<UUID> vendors =
      IntStream.range(0, 3).mapToObj(n -> payroll.vendor("weekly", "acct_" + n)).toList();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aBackupFromBeforeTheAttemptsIsPaidByTheTransfersThatAreThere() {
    earned(20_000);
    UUID run = paid();
    loseAttempts(run, "26 hours");

    check(run);
    assertThat(payroll.freezing.pay(run, false)).isEqualTo(PAYS);
    paying.pay(run, PayingRun.all());

    assertThat(provider.made).hasSize(3).doesNotHaveDuplicates();
    assertThat(statuses(run)).containsOnly("paid");
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void aTransferThatIsFoundWhileTheRunIsPausedIsRecordedAfterwards() {
    earned(20_000);
    UUID run = paid();
    loseAttempts(run, "26 hours");
    check(run);
    payroll.freezing.pay(run, false);
    provider.whileLooking(() -> payroll.steps(false).pause(run, "insufficient-balance"));

    assertThatThrownBy(() -> paying.pay(run, PayingRun.all()))
        .isInstanceOf(NotReachedException.class);
    assertThat(statuses(run)).containsOnly("frozen");
    provider.whileLooking(() -> {});
    assertThat(payroll.freezing.pay(run, true)).isEqualTo(PAYS);
    paying.pay(run, PayingRun.all());

    assertThat(provider.made).hasSize(3);
    assertThat(statuses(run)).containsOnly("paid");
  }

  @Test
  void aBackupOfTodayIsPaidByTheProvidersKeys() {
    earned(20_000);
    UUID run = paid();
    loseAttempts(run, "22 hours");
    provider.asked.clear();

    check(run);
    assertThat(payroll.freezing.pay(run, false)).isEqualTo(PAYS);
    paying.pay(run, PayingRun.all());

    assertThat(provider.asked).doesNotContain("find").hasSize(3);
    assertThat(provider.made).hasSize(3);
  }

  @Test
  void aBackupFromBeforeTheFreezeIsHeldByTheTransfers() {
    earned(20_000);
    paid();
    loseRun();

    UUID run = payroll.frozenOnly("weekly", MONDAY, "UTC");
    assertThat(check(run)).isEqualTo(new Checked(null, false));

    assertThat(payroll.freezing.pay(run, false)).isEqualTo(HELD);
    assertThat(paying.pay(run, PayingRun.all()).pauseReason()).isEqualTo("unknown-transfers");
    assertThat(checking.hold(run))
        .isEqualTo(new Hold(3, "3 with 48000 USD of weekly 2026-01-05", 48_000L, "USD"));
    check(run);
    assertThat(payroll.freezing.pay(run, true)).as("retried").isEqualTo(HELD);
    assertThat(provider.made).hasSize(3);
  }

  @Test
  void whatIsAdoptedIsPaidByTheTransferThatIsThere() {
    earned(20_000);
    paid();
    loseRun();
    UUID run = held();

    assertThat(adopt(run, null)).isEqualTo("3 null");
    assertThat(adopt(run, null)).as("once more").isEqualTo("0 null");

    assertThat(check(run)).isEqualTo(new Checked(null, true));
    assertThat(payroll.freezing.pay(run, true)).isEqualTo(PAYS);
    paying.pay(run, PayingRun.all());
    assertThat(provider.made).hasSize(3);
    assertThat(statuses(run)).containsOnly("paid");
    assertThat(payroll.steps(false).finish(run).stage()).isEqualTo(PayrollStage.COMPLETED);
    assertThat(
            database
                .dsl()
                .fetch("select concat_ws(' ', attempt, status, answer) as a from payout_attempt")
                .getValues("a", String.class))
        .containsOnly("1 accepted adopted");
    assertThat(database.violations()).isEmpty();
    assertThat(differences()).as("the next reconciliation").isZero();
  }

  @Test
  void whoWasNotPaidBeforeIsPaidAfterTheOthersAreAdopted() {
    earned(20_000);
    paid();
    loseRun();
    UUID late = payroll.vendor("weekly", "acct_late");
    payroll.earned(late, 1, 20_000, "2026-01-06T12:00:00Z");
    UUID run = held();

    adopt(run, null);
    check(run);
    payroll.freezing.pay(run, true);
    paying.pay(run, PayingRun.all());

    assertThat(provider.list).extracting(Made::destination).doesNotHaveDuplicates().hasSize(4);
  }

  @Test
  void aTransferOfAnotherAmountIsNotAdoptedAndNothingElseIs() {
    earned(20_000);
    paid();
    loseRun();
    payroll.earned(vendors.getFirst(), 1, 1_000, "2026-01-06T13:00:00Z");
    UUID run = held();

    assertThat(adopt(run, null))
        .isEqualTo(
            "0 1 transfers differ: %s of 16000 USD to acct_0, where the payout is 16800"
                .formatted(transferTo("acct_0")));
    assertThat(statuses(run)).containsOnly("frozen");

    assertThat(adopt(run, transferTo("acct_1"))).isEqualTo("1 null");
    check(run);
    assertThat(checking.hold(run).transfers()).isEqualTo(2);
    assertThat(payroll.freezing.pay(run, true)).isEqualTo(HELD);
  }

  @Test
  void aTransferToAnotherAccountIsNotAdopted() {
    earned(20_000);
    paid();
    loseRun();
    payroll.paidTo(vendors.getFirst(), "acct_other");
    UUID run = held();

    assertThat(adopt(run, null))
        .isEqualTo(
            "0 1 transfers differ: %s of 16000 USD to acct_0, where the run has no payout to make"
                .formatted(transferTo("acct_0")));
  }

  @Test
  void twoVendorsWithOneAccountAreAdoptedOneEach() {
    UUID other = payroll.vendor("weekly", "acct_0");
    payroll.earned(other, 1, 20_000, "2026-01-06T12:00:00Z");
    earned(20_000);
    UUID lost = payroll.frozenOnly("weekly", MONDAY, "UTC");
    check(lost);
    payroll.freezing.pay(lost, false);
    paying.pay(lost, PayingRun.all());
    loseRun();

    assertThat(adopt(held(), null)).isEqualTo("4 null");
  }

  @Test
  void aTransferOfAnotherPeriodIsAdoptedFromItsOwnRun() {
    provider.list.add(transfer("tr_9", "acct_0", 5_000, installation(), "monthly", "2025-12-01"));
    earned(20_000);

    assertThat(adopt(held(), null))
        .isEqualTo("0 the transfers are of other periods: adopt them from the runs of those");
  }

  @Test
  void whatIsNotOursNeverHoldsAgain() {
    provider.list.add(transfer("tr_9", "acct_0", 16_000, installation(), "weekly", MONDAY));
    earned(20_000);
    UUID run = held();

    assertThat(disown(run)).isEqualTo(1);
    assertThat(disown(run)).isZero();

    check(run);
    assertThat(payroll.freezing.pay(run, true)).isEqualTo(PAYS);
    paying.pay(run, PayingRun.all());
    assertThat(provider.made).hasSize(3);
    assertThat(database.dsl().fetchSingle(UNKNOWN_TRANSFER).get("decided_by", String.class))
        .isEqualTo("fin");
    assertThat(differences()).isZero();
  }

  @Test
  void aTransferOfAnotherPeriodHoldsToo() {
    provider.list.add(transfer("tr_9", "acct_0", 5_000, installation(), "monthly", "2025-12-01"));
    earned(20_000);

    UUID run = payroll.frozenOnly("weekly", MONDAY, "UTC");
    check(run);

    assertThat(payroll.freezing.pay(run, false)).isEqualTo(HELD);
  }

  @Test
  void whatIsKnownOrOfOthersHoldsNothing() {
    earned(20_000);
    UUID run = payroll.frozenOnly("weekly", MONDAY, "UTC");
    String known = database.dsl().selectFrom(PAYOUT).fetch(PAYOUT.ID).getFirst().toString();
    provider.list.add(
        transfer("tr_1", "acct_0", 16_000, new UUID(0, 9), "weekly", MONDAY)); // not ours
    provider.list.add(new Made("tr_2", UUID.randomUUID(), null, "acct_0", 1, "USD", 0, now()));
    provider.list.add(ofPayout("tr_3", UUID.fromString(known)));
    provider.list.add(reversed("tr_4"));

    check(run);

    assertThat(payroll.freezing.pay(run, false)).isEqualTo(PAYS);
  }

  @Test
  void aTransferThatNamesACancelledPayoutHolds() {
    earned(20_000);
    UUID old = paid();
    // The backup is from before the freeze was undone, and its payouts were cancelled here
    loseAttempts(old, "26 hours");
    database.admin().execute("update payout set status = 'cancelled', reason = 'set-changed'");

    check(old);

    assertThat(checking.hold(old).transfers()).isEqualTo(3);
  }

  @Test
  void aTransferThatIsReversedAfterwardsHoldsNoMore() {
    earned(20_000);
    Made made = transfer("tr_9", "acct_0", 5_000, installation(), "weekly", MONDAY);
    provider.list.add(made);
    UUID run = payroll.frozenOnly("weekly", MONDAY, "UTC");
    check(run);
    assertThat(payroll.freezing.pay(run, false)).isEqualTo(HELD);

    provider.list.clear();
    provider.list.add(reversed("tr_9"));
    check(run);

    assertThat(payroll.freezing.pay(run, true)).isEqualTo(PAYS);
  }

  @Test
  void aRunThatWasNotCheckedPaysNothing() {
    earned(20_000);
    UUID run = payroll.frozenOnly("weekly", MONDAY, "UTC");

    assertThat(payroll.freezing.pay(run, false)).isEqualTo(HELD);
  }

  @Test
  void aLongListIsReadInPartsAndOnlyWhatIsUnknownIsKept() {
    earned(20_000);
    for (int n = 0; n < 10_050; n++) {
      provider.list.add(
          transfer("tr_o" + n, "acct_0", 1, new UUID(0, 9), "weekly", MONDAY)); // not ours
    }
    provider.list.add(transfer("tr_u", "acct_0", 7, installation(), "weekly", MONDAY));
    UUID run = payroll.frozenOnly("weekly", MONDAY, "UTC");

    Checked first = checking.check(run, null);
    assertThat(first.next()).isNotNull();
    assertThat(payroll.freezing.pay(run, false)).as("not read to the end").isEqualTo(HELD);
    assertThat(checking.check(run, first.next()).next()).isNull();

    assertThat(database.dsl().fetchCount(UNKNOWN_TRANSFER)).isEqualTo(1);
    assertThat(payroll.freezing.pay(run, true)).isEqualTo(HELD);
  }

  private UUID held() {
    UUID run = payroll.frozenOnly("weekly", MONDAY, "UTC");
    check(run);
    assertThat(payroll.freezing.pay(run, false)).isEqualTo(HELD);
    return run;
  }

  /** The number of adopted transfers and the refusal. */
  private String adopt(UUID run, @Nullable String transfer) {
    var adopted =
        Routines.adoptTransfers(
            database.dsl().configuration(), run, transfer, "fin", "paid before the restore");
    return adopted.getAdopted() + " " + adopted.getRefusal();
  }

  private int disown(UUID run) {
    return requireNonNull(
        Routines.disownTransfers(database.dsl().configuration(), run, null, "fin", "a test"));
  }

  private String transferTo(String account) {
    return provider.list.stream()
        .filter(made -> made.destination().equals(account))
        .findFirst()
        .orElseThrow()
        .transferId();
  }

  private int differences() {
    var steps = new ReconciliationStepsImpl(database.dsl(), provider);
    var window = new Window(now().minusSeconds(3_600), now().plusSeconds(3_600));
    steps.collect(window, null);
    return steps.compare(window);
  }

  private void earned(long gross) {
    vendors.forEach(vendor -> payroll.earned(vendor, 1, gross, "2026-01-06T12:00:00Z"));
  }

  /** A run that has paid all of its payouts. */
  private UUID paid() {
    UUID run = payroll.frozenOnly("weekly", MONDAY, "UTC");
    check(run);
    assertThat(payroll.freezing.pay(run, false)).isEqualTo(PAYS);
    paying.pay(run, PayingRun.all());
    assertThat(statuses(run)).hasSize(3).containsOnly("paid");
    return run;
  }

  /** The run is as after its freeze, which was so long ago; the provider has forgotten its keys. */
  private void loseAttempts(UUID run, String ago) {
    restore(
        "delete from payout_attempt",
        "update payout set status = 'frozen', asks = 0, provider_transfer_id = null, paid_at = null",
        "update payroll_run set status = 'frozen', transfers_checked_at = null, frozen_at = now() - interval '%s' where id = '%s'"
            .formatted(ago, run));
    if (!ago.equals("22 hours")) {
      provider.forgetKeys();
    }
  }

  /** Nothing was frozen. */
  private void loseRun() {
    restore(
        "delete from payout_attempt",
        "update earning set payout_id = null",
        "delete from payout",
        "delete from payroll_run");
    provider.forgetKeys();
  }

  private void restore(String... statements) {
    database
        .admin()
        .connection(connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            for (String sql : statements) {
              statement.execute(sql);
            }
            statement.execute("reset session_replication_role");
          }
        });
  }

  private Checked check(UUID run) {
    @Nullable String after = null;
    Checked checked;
    do {
      checked = checking.check(run, after);
      after = checked.next();
    } while (after != null);
    return checked;
  }

  private List<String> statuses(UUID run) {
    return database.dsl().selectFrom(PAYOUT).where(PAYOUT.RUN_ID.eq(run)).fetch(PAYOUT.STATUS);
  }

  private UUID installation() {
    return database.dsl().fetchSingle("select id from installation").into(UUID.class);
  }

  private static Made transfer(
      String id, String account, long amount, UUID installation, String cadence, String period) {
    Origin origin = new Origin(installation, cadence, LocalDate.parse(period));
    return new Made(id, UUID.randomUUID(), origin, account, amount, "USD", 0, now());
  }

  private Made ofPayout(String id, UUID payout) {
    Origin origin = new Origin(installation(), "weekly", LocalDate.parse(MONDAY));
    return new Made(id, payout, origin, "acct_0", 16_000, "USD", 0, now());
  }

  private Made reversed(String id) {
    Origin origin = new Origin(installation(), "weekly", LocalDate.parse(MONDAY));
    return new Made(id, UUID.randomUUID(), origin, "acct_0", 5_000, "USD", 5_000, now());
  }

  private static Instant now() {
    return Instant.now();
  }
}
