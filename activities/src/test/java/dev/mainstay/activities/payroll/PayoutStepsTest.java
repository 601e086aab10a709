package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.EARNING;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.intake.WrittenBodies;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Accepted;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Refused;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Unknown;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.payroll.PayoutSteps.Outcome;
import dev.mainstay.workflows.payroll.PayoutSteps.PayoutPage;
import dev.mainstay.workflows.payroll.PayoutSteps.PayoutResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PayoutStepsTest {

  private final PayingRun run = new PayingRun();
  private final FakeTransfers provider = new FakeTransfers();
  private final List<Integer> rates = Collections.synchronizedList(new ArrayList<>());
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final PayoutStepsImpl steps = host();
  private final PayoutCaseStepsImpl cases = new PayoutCaseStepsImpl(run.database.dsl());

  @AfterEach
  void close() {
    run.close();
  }

  @Test
  void aPageIsPaidOnce() {
    List<UUID> payouts = run.payouts(120);

    assertThat(steps.pay(run.id, PayingRun.all())).isEqualTo(page(120, 0, 0));
    assertThat(steps.pay(run.id, PayingRun.all())).isEqualTo(new PayoutPage(Counts.NONE, null));

    assertThat(provider.made).containsExactlyInAnyOrderElementsOf(payouts);
    assertThat(provider.asked).doesNotContain("find");
    assertThat(rates).containsExactly(50, 50, 20);
    assertThat(run.row(payouts.getFirst()).getStatus()).isEqualTo("paid");
    assertThat(run.row(payouts.getFirst()).getPaidAt()).isNotNull();
    assertThat(run.attempts(payouts.getFirst())).containsExactly("1 accepted");
    assertThat(
            metrics
                .get("mainstay.payout.minor")
                .tags("currency", "USD", "outcome", "accepted")
                .counter()
                .count())
        .isEqualTo(120 * PayingRun.AMOUNT);
  }

  @Test
  void pagesCoverWhatIsLeftToPay() {
    List<UUID> payouts = run.payouts(250);
    steps.payOne(payouts.get(7));

    PagePlan plan = steps.plan(run.id, null);

    assertThat(plan.cuts()).extracting(PagePlan.PageBoundary::items).containsExactly(100, 100, 49);
    assertThat(plan.last()).isTrue();
    assertThat(plan.cuts().getLast().upTo()).isEqualTo(payouts.getLast().toString());
  }

  @Test
  void aReplyThatWasLostIsFoundAtOnce() {
    UUID payout = run.payout("acct_a");
    provider.acceptsBut(() -> new Unknown("the connection was lost", false));

    assertThat(steps.pay(run.id, PayingRun.all())).isEqualTo(page(1, 0, 0));

    assertThat(provider.asked).containsExactly("1 acct_a", "find");
    assertThat(run.row(payout).getProviderTransferId()).isEqualTo("tr_1");
  }

  @Test
  void whatIsNotKnownIsAskedForByTheSameKeyAndTheSameAccount() {
    UUID payout = run.payout("acct_a");
    provider.fails(() -> new Unknown("timeout", false));

    assertThat(steps.pay(run.id, PayingRun.all())).isEqualTo(page(0, 0, 1));
    assertThat(run.row(payout).getStatus()).isEqualTo("unknown");
    assertThat(run.alone()).containsExactly(payout);
    run.vendorHas(payout, "acct_other");

    assertThat(steps.payOne(payout)).isEqualTo(new PayoutResult(Outcome.PAID, ""));

    assertThat(provider.asked).containsExactly("1 acct_a", "find", "find", "1 acct_a");
    assertThat(run.attempts(payout)).containsExactly("1 accepted");
    assertThat(run.alone()).hasSize(1);
    WrittenBodies.assertMatchRecord(run.database.dsl(), "payout");
  }

  @Test
  void anErrorThatTheProviderKeepsEndsItsAttemptOnlyOnceItIsToldAgain() {
    UUID payout = run.payout("acct_a");
    provider.keepsFailing();
    steps.pay(run.id, PayingRun.all());
    assertThat(run.attempts(payout)).containsExactly("1 asked");

    assertThat(steps.payOne(payout).outcome()).isEqualTo(Outcome.PAID);

    assertThat(run.attempts(payout)).containsExactly("1 refused", "2 accepted");
    assertThat(provider.asked)
        .containsExactly("1 acct_a", "find", "find", "1 acct_a", "find", "find", "2 acct_a");
    assertThat(provider.made).hasSize(1);
  }

  @Test
  @Timeout(30)
  void whoTellsAnOldErrorOfEveryAttemptIsNotAskedForEver() {
    UUID payout = run.payout("acct_a");
    for (int attempt = 1; attempt <= 40; attempt++) {
      provider.says(new Unknown("error (500)", true));
    }

    assertThatThrownBy(() -> steps.pay(run.id, PayingRun.all()))
        .isInstanceOf(NotReachedException.class);

    assertThat(run.attempts(payout)).containsExactly("1 refused", "2 refused");
    assertThat(run.row(payout).getStatus()).isEqualTo("frozen");
  }

  @Test
  void anErrorBehindWhichTheMoneyWentIsPaid() {
    UUID payout = run.payout("acct_a");
    provider.acceptsBut(() -> new Unknown("error (500)", true));

    assertThat(steps.payOne(payout).outcome()).isEqualTo(Outcome.PAID);

    assertThat(run.attempts(payout)).containsExactly("1 accepted");
  }

  @Test
  void aClosedAccountFailsThatPayoutAlone() {
    List<UUID> payouts = run.payouts(1);
    provider.says(new Refused("resource_missing (400)"));
    steps.pay(run.id, PayingRun.all());
    run.payout("acct_rich");

    assertThat(steps.pay(run.id, PayingRun.all())).isEqualTo(page(1, 0, 0));

    UUID failed = payouts.getFirst();
    assertThat(run.row(failed).getStatus()).isEqualTo("failed");
    assertThat(run.row(failed).getReason()).isEqualTo("resource_missing (400)");
    assertThat(run.alone()).containsExactly(failed);
    assertThat(steps.payOne(failed))
        .as("only an operator has it tried again")
        .isEqualTo(new PayoutResult(Outcome.FAILED, "resource_missing (400)"));
    run.vendorHas(failed, "acct_thief");
    assertThat(cases.reopen(failed)).isTrue();
    assertThat(steps.payOne(failed).outcome()).isEqualTo(Outcome.PAID);
    assertThat(run.attempts(failed)).containsExactly("1 refused", "2 accepted");
    assertThat(provider.asked).endsWith("find", "2 acct_0");
  }

  @Test
  void aVendorWhoLostTheAccountIsNotAskedFor() {
    UUID payout = run.payout(null);

    assertThat(steps.pay(run.id, PayingRun.all())).isEqualTo(page(0, 1, 0));

    assertThat(run.row(payout).getReason()).isEqualTo("no-payout-account");
    assertThat(provider.asked).isEmpty();
  }

  @Test
  void tooLittleMoneyStopsThePageAndNobodyFails() {
    List<UUID> payouts = run.payouts(120);
    for (int i = 0; i < 16; i++) {
      provider.says(FakeTransfers.poor());
    }

    PayoutPage page = steps.pay(run.id, PayingRun.all());

    assertThat(page.pauseReason()).isEqualTo("insufficient-balance");
    assertThat(provider.asked.size()).as("at most those under way").isLessThanOrEqualTo(16);
    assertThat(payouts).allSatisfy(id -> assertThat(run.row(id).getStatus()).isEqualTo("frozen"));
    assertThat(run.alone()).isEmpty();
  }

  @Test
  void afterTooLittleMoneyTheNextAttemptIsAnotherKey() {
    UUID payout = run.payout("acct_a");
    provider.says(FakeTransfers.poor());
    assertThat(steps.payOne(payout))
        .isEqualTo(new PayoutResult(Outcome.INSUFFICIENT_BALANCE, "insufficient-balance"));

    assertThat(steps.pay(run.id, PayingRun.all())).isEqualTo(page(1, 0, 0));

    assertThat(run.attempts(payout)).containsExactly("1 refused", "2 accepted");
  }

  @Test
  void whatWasCertainlyNotAskedIsAskedAgainAsTheSameAttempt() {
    UUID payout = run.payout("acct_a");
    provider.fails(() -> {
      throw new NotReachedException("Stripe takes no more requests now");
    });

    assertThatThrownBy(() -> steps.pay(run.id, PayingRun.all()))
        .hasMessage("1 of 1 payouts were not asked for: Stripe takes no more requests now");
    assertThat(run.row(payout).getStatus()).isEqualTo("frozen");
    assertThat(run.attempts(payout)).containsExactly("1 released");
    assertThat(steps.pay(run.id, PayingRun.all())).isEqualTo(page(1, 0, 0));

    assertThat(run.attempts(payout)).containsExactly("1 accepted");
    assertThat(provider.asked).containsExactly("1 acct_a", "find", "1 acct_a");
  }

  @Test
  void aHostThatWasKilledBetweenAskingAndRecordingPaidOnce() {
    UUID payout = run.payout("acct_a");
    // The work of the killed host
    DuePayout due = taken(payout);
    provider.transfer(
        new TransferGateway.Wish(
            payout, due.attempt(), "acct_a", PayingRun.AMOUNT, "USD", due.payout().origin()));

    assertThat(steps.pay(run.id, PayingRun.all())).isEqualTo(page(1, 0, 0));

    assertThat(provider.asked).containsExactly("1 acct_a", "find");
    assertThat(provider.made).containsExactly(payout);
  }

  @Test
  void twoHostsThatPayAPageAtOncePayEachOnce() throws Exception {
    List<UUID> payouts = run.payouts(100);
    var together = new CyclicBarrier(2);
    try (ExecutorService hosts = Executors.newFixedThreadPool(2)) {
      List<Future<PayoutPage>> pages = new ArrayList<>();
      for (int host = 0; host < 2; host++) {
        pages.add(
            hosts.submit(() -> {
              together.await();
              return host().pay(run.id, PayingRun.all());
            }));
      }
      for (Future<PayoutPage> page : pages) {
        assertThat(page.get(30, TimeUnit.SECONDS).pauseReason()).isNull();
      }
    }

    assertThat(provider.made).containsExactlyInAnyOrderElementsOf(payouts);
    assertThat(payouts)
        .allSatisfy(id -> {
          assertThat(run.row(id).getStatus()).isEqualTo("paid");
          assertThat(run.attempts(id)).containsExactly("1 accepted");
        });
  }

  @Test
  void whoComesLateWithANoDoesNotUndoAYes() {
    UUID payout = run.payout("acct_a");
    provider.whileAsked(() ->
        new Payouts(run.database.dsl())
            .record(
                List.of(
                    TransferOutcome.accepted(
                        payout, taken(payout).attempt(), new Accepted("tr_other")))));
    provider.says(new Refused("late"));

    assertThat(steps.payOne(payout).outcome()).isEqualTo(Outcome.PAID);

    assertThat(run.row(payout).getProviderTransferId()).isEqualTo("tr_other");
    assertThat(run.alone()).isEmpty();
  }

  @Test
  void aHostThatWasNotHeardReleasesNothingThatAnotherHostHasTaken() {
    UUID payout = run.payout("acct_a");
    provider.whileAsked(once(() -> taken(payout)));
    provider.fails(() -> {
      throw new NotReachedException("Stripe takes no more requests now");
    });

    assertThatThrownBy(() -> steps.pay(run.id, PayingRun.all()))
        .isInstanceOf(NotReachedException.class);

    assertThat(run.row(payout).getStatus()).isEqualTo("unknown");
    assertThat(run.alone()).containsExactly(payout);
  }

  @Test
  void whatAnotherHostHasTakenSinceItWasReadIsLeftToIt() {
    UUID payout = run.payout("acct_a");
    var payouts = new Payouts(run.database.dsl());
    OpenPayout read = payouts.open(payout).orElseThrow();
    assertThat(payouts.take(read)).isPresent();

    assertThat(payouts.take(read)).isEmpty();

    assertThat(payouts.take(payouts.open(payout).orElseThrow()))
        .hasValueSatisfying(due -> assertThat(due.inDoubt()).isTrue());
  }

  @Test
  void aDatabaseThatIsLostBeforeAPayoutIsTakenFailsThePage() {
    run.payouts(3);
    run.database.admin().execute("alter function claim_payout rename to gone");

    assertThatThrownBy(() -> steps.pay(run.id, PayingRun.all()))
        .hasMessageContaining("claim_payout");

    assertThat(provider.asked).isEmpty();
  }

  @Test
  void aPausedRunPaysNothingAndStillFindsOut() {
    UUID unknown = run.payout("acct_a");
    UUID frozen = run.payout("acct_b");
    provider.acceptsBut(() -> {
      throw new IllegalStateException("broken");
    });
    steps.payOne(unknown);
    run.pause("invariant-violation");
    assertThat(run.row(unknown).getStatus()).isEqualTo("unknown");

    assertThat(steps.pay(run.id, PayingRun.all()))
        .isEqualTo(new PayoutPage(Counts.NONE, "invariant-violation"));
    assertThat(steps.payOne(frozen).outcome()).isEqualTo(Outcome.PAUSED);
    assertThat(steps.payOne(unknown).outcome()).isEqualTo(Outcome.PAID);

    assertThat(provider.asked).containsExactly("1 acct_a", "find");
  }

  @Test
  void aPauseInMidPageStopsAllThatIsNotUnderWay() {
    List<UUID> payouts = run.payouts(50);
    provider.whileAsked(once(() -> run.pause("operator")));

    PayoutPage page = steps.pay(run.id, PayingRun.all());

    assertThat(page.pauseReason()).isEqualTo("operator");
    assertThat(provider.made.size()).as("at most those under way").isLessThanOrEqualTo(16);
    assertThat(payouts)
        .allSatisfy(id -> {
          boolean isPaid = provider.made.contains(id);
          assertThat(run.row(id).getStatus()).isEqualTo(isPaid ? "paid" : "frozen");
          assertThat(run.attempts(id)).hasSize(isPaid ? 1 : 0);
        });
  }

  @Test
  void aPauseDuringALookUpLeavesThePayoutAlone() {
    UUID refused = run.payout("acct_a");
    UUID unknown = run.payout("acct_b");
    provider.says(FakeTransfers.poor());
    steps.payOne(refused);
    provider.fails(() -> new Unknown("timeout", false));
    steps.payOne(unknown);
    provider.whileLooking(once(() -> run.pause("operator")));

    assertThat(steps.pay(run.id, PayingRun.all()).pauseReason()).isEqualTo("operator");
    assertThat(steps.payOne(unknown).outcome()).isEqualTo(Outcome.UNKNOWN);

    assertThat(provider.made).isEmpty();
    assertThat(run.attempts(refused)).containsExactly("1 refused");
    assertThat(run.row(refused).getStatus()).isEqualTo("frozen");
    assertThat(run.row(unknown).getStatus()).isEqualTo("unknown");
  }

  @Test
  void whatIsCancelledReturnsItsEarnings() {
    UUID payout = run.payout("acct_a");
    provider.says(new Refused("closed"));
    steps.payOne(payout);

    assertThat(steps.cancel(payout, "ana")).isTrue();
    assertThat(steps.cancel(payout, "ana")).as("once more").isTrue();

    assertThat(run.row(payout).getStatus()).isEqualTo("cancelled");
    assertThat(cases.look(payout)).isEqualTo(new PayoutResult(Outcome.CANCELLED, "cancelled"));
    assertThat(run.database.dsl().fetchCount(EARNING, EARNING.PAYOUT_ID.isNull())).isEqualTo(1);
  }

  @Test
  void whatWasOrMayHaveBeenPaidIsNotCancelled() {
    UUID unknown = run.payout("acct_a");
    UUID paid = run.payout("acct_b");
    provider.fails(() -> new Unknown("timeout", false));
    steps.payOne(unknown);
    steps.payOne(paid);

    assertThat(steps.cancel(unknown, "ana")).isFalse();
    assertThat(steps.cancel(paid, "ana")).isFalse();

    assertThat(run.row(unknown).getStatus()).isEqualTo("unknown");
  }

  @Test
  void aTransferThatTurnsUpWhenAFailedOneIsCancelledIsAFact() {
    UUID payout = run.payout("acct_a");
    provider.acceptsBut(() -> new Refused("said no, and did it"));
    steps.payOne(payout);
    assertThat(run.row(payout).getStatus()).isEqualTo("failed");

    assertThat(steps.cancel(payout, "ana")).isFalse();

    assertThat(run.row(payout).getStatus()).isEqualTo("paid");
  }

  @Test
  void whatTheProviderTellsOfATransferSettlesWhatIsNotKnown() {
    UUID payout = run.payout("acct_a");
    provider.fails(() -> new Unknown("timeout", false));
    steps.payOne(payout);

    tell("tr_9", payout, PayingRun.AMOUNT - 1);
    assertThat(run.row(payout).getStatus()).as("of another amount").isEqualTo("unknown");
    tell("tr_8", payout, PayingRun.AMOUNT);
    tell("tr_8", payout, PayingRun.AMOUNT);

    assertThat(run.row(payout).getProviderTransferId()).isEqualTo("tr_8");
  }

  @Test
  void thePayoutsOwnRunEndsItsIntakeRow() {
    UUID payout = run.payout("acct_a");
    provider.says(new Refused("closed"));
    steps.payOne(payout);

    assertThat(cases.look(payout)).isEqualTo(new PayoutResult(Outcome.FAILED, "closed"));

    assertThat(run.database.dsl().fetchCount(INTAKE, INTAKE.DONE_AT.isNotNull())).isEqualTo(1);
  }

  private void tell(String transfer, UUID payout, long amount) {
    Routines.recordTransfers(
        run.database.dsl().configuration(),
        new String[] {transfer},
        new UUID[] {payout},
        new Long[] {amount},
        new String[] {"USD"},
        new Long[] {0L},
        new Long[] {1_772_000_000L});
  }

  /** Another host has taken it. */
  private DuePayout taken(UUID payout) {
    var payouts = new Payouts(run.database.dsl());
    return payouts.take(payouts.open(payout).orElseThrow()).orElseThrow();
  }

  /** Runs it once; others that call it meanwhile wait until it is over. */
  private static Runnable once(Runnable happening) {
    var happened = new AtomicBoolean();
    return () -> {
      synchronized (happened) {
        if (happened.compareAndSet(false, true)) {
          happening.run();
        }
      }
    };
  }

  private PayoutStepsImpl host() {
    return new PayoutStepsImpl(run.database.dsl(), provider, rates::add, metrics);
  }

  private static PayoutPage page(long paid, long failed, long unknown) {
    return new PayoutPage(
        Counts.of("paid", paid)
            .plus(Counts.of("failed", failed))
            .plus(Counts.of("unknown", unknown)),
        null);
  }
}
