package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.CLAIM_PAYOUT;
import static dev.mainstay.db.generated.Tables.INSTALLATION;
import static dev.mainstay.db.generated.Tables.PAYOUT;
import static dev.mainstay.db.generated.Tables.PAYOUTS_TO_PAY;
import static dev.mainstay.db.generated.Tables.PAYOUT_ATTEMPT;
import static dev.mainstay.db.generated.Tables.PAYROLL_RUN;
import static dev.mainstay.db.generated.Tables.PLAN_PAYING;

import dev.mainstay.activities.page.PagePlans;
import dev.mainstay.activities.payroll.TransferGateway.Origin;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.PayoutRecord;
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

  List<OpenPayout> toPay(UUID runId, KeyRange range) {
    Run run = run(PAYROLL_RUN.ID.eq(runId));
    return database
        .selectFrom(PAYOUTS_TO_PAY.call(runId, key(range.after()), key(range.upTo())))
        .fetchInto(PAYOUT)
        .stream()
        .flatMap(row -> OpenPayout.of(row, run.origin(), run.keysForgotten()).stream())
        .toList();
  }

  /** A payout that is still to be paid; empty where it is not. */
  Optional<OpenPayout> open(UUID payoutId) {
    PayoutRecord row = database.fetchSingle(PAYOUT, PAYOUT.ID.eq(payoutId));
    Run run = run(PAYROLL_RUN.ID.eq(row.getRunId()));
    return OpenPayout.of(row, run.origin(), run.keysForgotten());
  }

  private Run run(Condition run) {
    return database
        .select(
            INSTALLATION.ID,
            PAYROLL_RUN.CADENCE,
            PAYROLL_RUN.PERIOD_START,
            Routines.keysMayBeForgotten(PAYROLL_RUN.FROZEN_AT))
        .from(PAYROLL_RUN)
        .crossJoin(INSTALLATION)
        .where(run)
        .fetchSingle(
            row -> new Run(new Origin(row.value1(), row.value2(), row.value3()), row.value4()));
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

  /**
   * Takes a payout: from here on the provider may have heard of it.
   *
   * @param payout whose transfer was looked for, if it may have been asked for before
   * @return empty where its run does not pay, or another host has taken it since it was read
   */
  Optional<DuePayout> take(OpenPayout payout) {
    return database
        .selectFrom(CLAIM_PAYOUT.call(payout.id(), payout.asks()))
        .fetchOptional(row ->
            new DuePayout(
                payout,
                row.get(CLAIM_PAYOUT.ATTEMPT),
                row.get(CLAIM_PAYOUT.DESTINATION),
                row.get(CLAIM_PAYOUT.IN_DOUBT)));
  }

  void record(List<TransferOutcome> outcomes) {
    Routines.recordPayouts(
        database.configuration(),
        column(outcomes, TransferOutcome::payoutId, UUID[]::new),
        column(outcomes, TransferOutcome::attempt, Integer[]::new),
        column(outcomes, TransferOutcome::asks, Integer[]::new),
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

  boolean cancel(UUID payoutId, String by) {
    return Boolean.TRUE.equals(Routines.cancelPayout(database.configuration(), payoutId, by));
  }

  private static UUID key(@Nullable String key) {
    return key == null ? FIRST : UUID.fromString(key);
  }

  private static <T extends @Nullable Object> T[] column(
      List<TransferOutcome> outcomes, Function<TransferOutcome, T> value, IntFunction<T[]> array) {
    return outcomes.stream().map(value).toArray(array);
  }

  /** What the payouts of a run have in common. */
  private record Run(Origin origin, boolean keysForgotten) {}

  /** The state of a payout, and the reason for it. */
  record State(PayoutStatus status, @Nullable String reason) {

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
