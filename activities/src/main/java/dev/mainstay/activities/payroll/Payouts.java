package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.CLAIM_PAYOUTS;
import static dev.mainstay.db.generated.Tables.PAYOUT;
import static dev.mainstay.db.generated.Tables.PAYOUTS_TO_PAY;
import static dev.mainstay.db.generated.Tables.PAYOUT_ATTEMPT;
import static dev.mainstay.db.generated.Tables.PAYROLL_RUN;
import static dev.mainstay.db.generated.Tables.PLAN_PAYING;

import dev.mainstay.activities.page.PagePlans;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.payroll.PayoutStatus;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.payroll.PayoutSteps.Outcome;
import dev.mainstay.workflows.payroll.PayoutSteps.PayoutResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Payouts in the database: each call one transaction, so none is to be made inside of another. */
final class Payouts {

  private static final UUID FIRST = new UUID(0, 0);

  private final DSLContext database;

  Payouts(DSLContext database) {
    this.database = database;
  }

  PagePlan plan(UUID runId, @Nullable String after, int pageSize) {
    return PagePlans.of(
        database.fetch(PLAN_PAYING.call(runId, key(after), pageSize, PagePlan.MOST)), pageSize);
  }

  List<UUID> toPay(UUID runId, KeyRange range) {
    return database
        .selectFrom(PAYOUTS_TO_PAY.call(runId, key(range.after()), key(range.upTo())))
        .fetch(row -> row.get(0, UUID.class));
  }

  /** Why nothing of a run is to be paid now; empty where it may be. */
  Optional<String> pauseReason(UUID runId) {
    return pauseReason(PAYROLL_RUN.ID.eq(runId), "paying");
  }

  /** The same for a payout that runs alone, whether its run is still paying or has ended. */
  Optional<String> pauseReasonOf(UUID payoutId) {
    return pauseReason(
        PAYROLL_RUN.ID.eq(DSL.select(PAYOUT.RUN_ID).from(PAYOUT).where(PAYOUT.ID.eq(payoutId))),
        "paying",
        "completed");
  }

  private Optional<String> pauseReason(Condition run, String... payable) {
    return database
        .select(DSL.coalesce(PAYROLL_RUN.PAUSE_REASON, PAYROLL_RUN.STATUS))
        .from(PAYROLL_RUN)
        .where(run, PAYROLL_RUN.STATUS.notIn(payable))
        .fetchOptional(row -> row.value1());
  }

  /** From here on the provider may have heard of them. */
  List<DuePayout> take(List<UUID> payouts) {
    return database
        .selectFrom(CLAIM_PAYOUTS.call(payouts.toArray(UUID[]::new)))
        .fetch(row ->
            new DuePayout(
                row.get(CLAIM_PAYOUTS.PAYOUT_ID),
                row.get(CLAIM_PAYOUTS.ATTEMPT),
                row.get(CLAIM_PAYOUTS.DESTINATION),
                row.get(CLAIM_PAYOUTS.AMOUNT_MINOR),
                row.get(CLAIM_PAYOUTS.CURRENCY),
                row.get(CLAIM_PAYOUTS.IN_DOUBT)));
  }

  void record(List<TransferOutcome> outcomes) {
    Routines.recordPayouts(
        database.configuration(),
        column(outcomes, TransferOutcome::payoutId, UUID[]::new),
        column(outcomes, TransferOutcome::attempt, Integer[]::new),
        column(outcomes, outcome -> outcome.result().text(), String[]::new),
        column(outcomes, TransferOutcome::answer, String[]::new),
        column(outcomes, TransferOutcome::transferId, String[]::new));
  }

  State state(UUID payoutId) {
    return database
        .select(PAYOUT.STATUS, PAYOUT.REASON)
        .from(PAYOUT)
        .where(PAYOUT.ID.eq(payoutId))
        .fetchSingle(row -> new State(PayoutStatus.of(row.value1()), row.value2()));
  }

  /** The last attempt of which the provider may have heard; empty where there is none. */
  Optional<Integer> lastAttempt(UUID payoutId) {
    return Optional.ofNullable(
        database
            .select(DSL.max(PAYOUT_ATTEMPT.ATTEMPT))
            .from(PAYOUT_ATTEMPT)
            .where(PAYOUT_ATTEMPT.PAYOUT_ID.eq(payoutId))
            .fetchSingle()
            .value1());
  }

  boolean cancel(UUID payoutId) {
    return Boolean.TRUE.equals(Routines.cancelPayout(database.configuration(), payoutId));
  }

  private static UUID key(@Nullable String key) {
    return key == null ? FIRST : UUID.fromString(key);
  }

  private static <T extends @Nullable Object> T[] column(
      List<TransferOutcome> outcomes, Function<TransferOutcome, T> value, IntFunction<T[]> array) {
    return outcomes.stream().map(value).toArray(array);
  }

  /** The state of a payout, and the reason for it. */
  record State(PayoutStatus status, @Nullable String reason) {

    /** Whether it may have been paid, but the outcome is unknown. */
    boolean isInDoubt() {
      return status == PayoutStatus.PAYING || status == PayoutStatus.UNKNOWN;
    }

    /** Whether it is still to be paid. */
    boolean isOpen() {
      return isInDoubt() || status == PayoutStatus.FROZEN;
    }

    PayoutResult result() {
      String why = Objects.requireNonNullElse(reason, "");
      return switch (status) {
        case PAID -> new PayoutResult(Outcome.PAID, "");
        case FROZEN, PAYING, UNKNOWN -> new PayoutResult(Outcome.UNKNOWN, why);
        case CANCELLED -> new PayoutResult(Outcome.CANCELLED, why);
        case FAILED, CARRIED -> new PayoutResult(Outcome.FAILED, why);
      };
    }
  }
}
