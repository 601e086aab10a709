package dev.mainstay.api.payroll;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.PAYROLL_APPROVAL;
import static dev.mainstay.db.generated.Tables.PAYROLL_PROPOSAL;
import static dev.mainstay.db.generated.Tables.PAYROLL_RUN;
import static dev.mainstay.db.generated.Tables.PAYROLL_TOTAL;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.payroll.PayrollRun.Proposal;
import dev.mainstay.api.payroll.PayrollRun.Total;
import dev.mainstay.workflows.payroll.Cadence;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads runs with their proposals and their progress. */
@Component
class PayrollRunQueries {

  private static final Field<List<Proposal>> PROPOSAL =
      multiset(
              select(
                      PAYROLL_PROPOSAL.HASH,
                      PAYROLL_PROPOSAL.PAYS,
                      PAYROLL_PROPOSAL.CARRIES,
                      PAYROLL_PROPOSAL.CHANGED_BY.convertFrom(List::of),
                      PAYROLL_PROPOSAL.PROPOSED_AT,
                      PAYROLL_APPROVAL.APPROVED_BY,
                      PAYROLL_APPROVAL.APPROVED_AT)
                  .from(PAYROLL_PROPOSAL)
                  .leftJoin(PAYROLL_APPROVAL)
                  .on(
                      PAYROLL_APPROVAL.RUN_ID.eq(PAYROLL_PROPOSAL.RUN_ID),
                      PAYROLL_APPROVAL.ORDINAL.eq(PAYROLL_PROPOSAL.ORDINAL))
                  .where(PAYROLL_PROPOSAL.RUN_ID.eq(PAYROLL_RUN.ID))
                  .orderBy(PAYROLL_PROPOSAL.ORDINAL.desc())
                  .limit(1))
          .convertFrom(rows -> rows.map(mapping(Proposal::new)));

  private static final Field<List<UUID>> OPEN =
      multiset(
              select(ATTENTION.ID)
                  .from(ATTENTION)
                  .where(ATTENTION.SUBJECT_ID.eq(PAYROLL_RUN.ID), ATTENTION.STATUS.eq("open"))
                  .orderBy(ATTENTION.ID))
          .convertFrom(rows -> rows.map(Record1::value1));

  private final DSLContext database;

  PayrollRunQueries(DSLContext database) {
    this.database = database;
  }

  /** Reads one run with its progress. */
  Optional<PayrollRun> find(PayrollPeriod period, UUID id) {
    return read(of(period).and(PAYROLL_RUN.ID.eq(id)), 1, totals(id)).stream().findFirst();
  }

  /** The runs of a period, of which all but one were cancelled. */
  Page<PayrollRun> list(PayrollPeriod period, PageQuery page) {
    return list(of(period), page);
  }

  Page<PayrollRun> list(PayrollRunQuery query, PageQuery page) {
    Condition condition = noCondition();
    if (query.cadence() != null) {
      condition = condition.and(PAYROLL_RUN.CADENCE.eq(query.cadence().name()));
    }
    if (query.status() != null) {
      condition = condition.and(PAYROLL_RUN.STATUS.eq(query.status().text()));
    }
    return list(condition, page);
  }

  private Page<PayrollRun> list(Condition condition, PageQuery page) {
    return Page.of(
        read(condition.and(PAYROLL_RUN.ID.gt(page.above())), page.withOneMore(), null),
        page,
        PayrollRun::id);
  }

  private static Condition of(PayrollPeriod period) {
    return PAYROLL_RUN
        .CADENCE
        .eq(period.cadence().text())
        .and(PAYROLL_RUN.PERIOD_START.eq(period.start()));
  }

  private List<Total> totals(UUID run) {
    return database
        .select(
            PAYROLL_TOTAL.CURRENCY,
            PAYROLL_TOTAL.STATUS,
            PAYROLL_TOTAL.PAYOUTS,
            PAYROLL_TOTAL.AMOUNT_MINOR)
        .from(PAYROLL_TOTAL)
        .where(PAYROLL_TOTAL.RUN_ID.eq(run))
        .orderBy(PAYROLL_TOTAL.CURRENCY, PAYROLL_TOTAL.STATUS)
        .fetch(mapping(Total::new));
  }

  private List<PayrollRun> read(Condition condition, int limit, @Nullable List<Total> totals) {
    return database
        .select(PAYROLL_RUN, PROPOSAL, OPEN)
        .from(PAYROLL_RUN)
        .where(condition)
        .orderBy(PAYROLL_RUN.ID)
        .limit(limit)
        .fetch(row -> {
          var run = row.value1();
          var period = new PayrollPeriod(Cadence.of(run.getCadence()), run.getPeriodStart());
          return new PayrollRun(
              run.getId(),
              period.workflowId(),
              run.getCadence(),
              run.getPeriodStart(),
              run.getPeriodEnd(),
              run.getZone(),
              run.getStartsAt(),
              run.getEndsAt(),
              run.getStatus(),
              row.value2().stream().findFirst().orElse(null),
              run.getHash(),
              run.getPauseReason(),
              run.getPausedBy(),
              run.getRequestedBy(),
              run.getRequestedAt(),
              run.getFrozenAt(),
              run.getCompletedAt(),
              totals,
              row.value3());
        });
  }
}
