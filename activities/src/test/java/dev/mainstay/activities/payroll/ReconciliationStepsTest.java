package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.PAYROLL_DIFFERENCE;
import static dev.mainstay.db.generated.Tables.PAYROLL_RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.payroll.TransferGateway.Answer.Unknown;
import dev.mainstay.activities.payroll.TransferGateway.Made;
import dev.mainstay.workflows.payroll.ReconciliationSteps.Collected;
import dev.mainstay.workflows.payroll.ReconciliationSteps.Window;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconciliationStepsTest {

  private final PayingRun run = new PayingRun();
  private final FakeTransfers provider = new FakeTransfers();
  private final PayoutStepsImpl paying =
      new PayoutStepsImpl(run.database.dsl(), provider, _ -> {}, new SimpleMeterRegistry());
  private final ReconciliationStepsImpl steps =
      new ReconciliationStepsImpl(run.database.dsl(), provider);
  private final Window window =
      new Window(Instant.now().minus(Duration.ofDays(8)), Instant.now().plus(Duration.ofHours(1)));

  @AfterEach
  void close() {
    run.close();
  }

  @Test
  void whatAgreesIsNoDifference() {
    run.payouts(250);
    paying.pay(run.id, PayingRun.all());

    assertThat(reconcile()).isZero();

    assertThat(steps.collect(window, null)).isEqualTo(new Collected(250, null));
    assertThat(open()).isEmpty();
  }

  @Test
  void aTransferThatIsMissingIsToldWithBothSidesAndClosedOnceItIsThere() {
    UUID payout = paid("acct_a");
    Made made = provider.list.getFirst();
    provider.list.clear();

    assertThat(reconcile()).isEqualTo(1);
    assertThat(reconcile()).as("once more").isEqualTo(1);

    assertThat(open()).containsExactly("transfer-missing: paid 8000 USD / no such transfer");
    assertThat(items()).isEqualTo(1);
    provider.list.add(made);
    assertThat(reconcile()).isZero();
    assertThat(open()).isEmpty();
    assertThat(items()).isZero();
    assertThat(run.row(payout).getStatus()).isEqualTo("paid");
  }

  @Test
  void aTransferOfAnotherAmountDiffers() {
    paid("acct_a");
    Made made = provider.list.removeFirst();
    provider.list.add(like(made, 8_001, 0));

    reconcile();

    assertThat(open()).containsExactly("amount-differs: paid 8000 USD / transferred 8001 USD");
  }

  @Test
  void aTransferThatCameBackDiffers() {
    paid("acct_a");
    reconcile();
    Made made = provider.list.removeFirst();
    provider.list.add(like(made, 8_000, 8_000));

    reconcile();

    assertThat(open())
        .containsExactly("transfer-reversed: paid 8000 USD / 8000 USD of it came back");
  }

  @Test
  void aSecondTransferOfAPayoutAndOneOfNoPayoutAreNotOurs() {
    UUID payout = paid("acct_a");
    provider.list.add(made("tr_second", payout, 8_000, "USD"));
    provider.list.add(made("tr_stranger", new UUID(0, 1), 5, "EUR"));

    assertThat(reconcile()).isEqualTo(2);

    assertThat(open())
        .containsExactlyInAnyOrder(
            "transfer-not-ours: paid by tr_1 / transferred 8000 USD",
            "transfer-not-ours: no such payout / transferred 5 EUR");
  }

  @Test
  void whatIsNotKnownIsSettledByTheProvidersList() {
    UUID payout = run.payout("acct_a");
    provider.fails(() -> new Unknown("timeout", false));
    paying.payOne(payout);
    provider.list.add(made("tr_late", payout, PayingRun.AMOUNT, "USD"));

    assertThat(reconcile()).isZero();

    assertThat(run.row(payout).getProviderTransferId()).isEqualTo("tr_late");
  }

  @Test
  void aRunThatIsOverWithAPayoutLeftDiffers() {
    run.payout("acct_a");
    run.database
        .admin()
        .update(PAYROLL_RUN)
        .set(PAYROLL_RUN.STATUS, "completed")
        .set(PAYROLL_RUN.COMPLETED_AT, Instant.now())
        .execute();

    reconcile();

    assertThat(open()).containsExactly("run-completed-early: completed / frozen");
  }

  @Test
  void earningsThatAreNotWhatWasPaidDiffer() {
    UUID payout = paid("acct_a");
    run.database.admin().execute("alter table earning disable trigger user");
    run.database.admin().execute("update earning set payout_id = null where payout_id = ?", payout);

    reconcile();

    assertThat(open()).containsExactly("earnings-differ: 0 USD earned / paid 8000 USD");
  }

  private static Made like(Made made, long amount, long reversed) {
    return new Made(
        made.transferId(),
        made.payoutId(),
        made.origin(),
        made.destination(),
        amount,
        "USD",
        reversed,
        made.madeAt());
  }

  private static Made made(String id, UUID payout, long amount, String currency) {
    return new Made(id, payout, null, "acct_a", amount, currency, 0, Instant.now());
  }

  private UUID paid(String account) {
    UUID payout = run.payout(account);
    paying.payOne(payout);
    return payout;
  }

  private int reconcile() {
    String next = null;
    do {
      next = steps.collect(window, next).next();
    } while (next != null);
    return steps.compare(window);
  }

  private List<String> open() {
    return run.database
        .dsl()
        .selectFrom(PAYROLL_DIFFERENCE)
        .where(PAYROLL_DIFFERENCE.RESOLVED_AT.isNull())
        .orderBy(PAYROLL_DIFFERENCE.ID)
        .fetch(row -> "%s: %s / %s".formatted(row.getKind(), row.getOurs(), row.getTheirs()));
  }

  private int items() {
    return run.database.dsl().fetchCount(ATTENTION, ATTENTION.STATUS.eq("open"));
  }
}
