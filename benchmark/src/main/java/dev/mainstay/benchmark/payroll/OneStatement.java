package dev.mainstay.benchmark.payroll;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * The reference: what one SQL statement needs for a week's sums, and what one needs that settles
 * them too, on a copy of the same earnings with the same indexes and checks.
 */
final class OneStatement {

  private final Connection owner;
  private final Deliveries deliveries;

  /** On a connection of the role that owns the tables. */
  OneStatement(Connection owner) throws SQLException {
    this.owner = owner;
    this.deliveries = new Deliveries(owner);
    try (var statement = owner.createStatement()) {
      statement.execute("drop table if exists reference_earning, reference_payout");
      statement.execute(
          "create table reference_earning (like earning including defaults including constraints including indexes)");
      statement.execute(
          "create table reference_payout (like payout including defaults including constraints including indexes)");
    }
  }

  /** Only computes the amount owed to each vendor. */
  Duration sums(LocalDate week) throws SQLException {
    try (var select =
        owner.prepareStatement(
            """
            select count(*), sum(amount_minor)
            from (
              select e.vendor_id, e.currency, count(*) as earnings, sum(e.gross_minor) as gross_minor,
                     sum(e.commission_minor) as commission_minor, sum(e.net_minor) as amount_minor
              from earning e
              join vendor v on v.id = e.vendor_id
              where v.cadence = 'weekly' and e.payout_id is null and e.earned_at < ?
              group by e.vendor_id, e.currency) s\
            """)) {
      select.setObject(1, end(week));
      return time(select);
    }
  }

  /** Computes them, writes the payouts and settles the earnings, in one transaction. */
  Duration settle(LocalDate week) throws SQLException {
    copy(week);
    try (var settle =
        owner.prepareStatement(
            """
            with due as (
              select e.vendor_id, e.currency, count(*)::int as earnings, sum(e.gross_minor)::bigint as gross_minor,
                     sum(e.commission_minor)::bigint as commission_minor, sum(e.net_minor)::bigint as amount_minor
              from reference_earning e
              join vendor v on v.id = e.vendor_id
              where v.cadence = 'weekly' and e.payout_id is null and e.earned_at < ?
              group by e.vendor_id, e.currency),
            made as (
              insert into reference_payout (run_id, vendor_id, cadence, period_start, currency, earnings, gross_minor,
                                            commission_minor, amount_minor, status)
              select gen_random_uuid(), vendor_id, 'weekly', ?, currency, earnings, gross_minor, commission_minor,
                     amount_minor, 'frozen'
              from due
              returning id, vendor_id, currency)
            update reference_earning e
            set payout_id = m.id
            from made m
            where m.vendor_id = e.vendor_id and m.currency = e.currency and e.payout_id is null
              and e.earned_at < ?\
            """)) {
      settle.setObject(1, end(week));
      settle.setObject(2, week);
      settle.setObject(3, end(week));
      return time(settle);
    }
  }

  private void copy(LocalDate week) throws SQLException {
    try (var statement = owner.createStatement()) {
      statement.execute("truncate reference_earning, reference_payout");
    }
    try (var insert =
        owner.prepareStatement(
            """
            insert into reference_earning
            select * from earning where payout_id is null and earned_at < ? order by earned_at\
            """)) {
      insert.setObject(1, end(week));
      insert.executeUpdate();
    }
    deliveries.tidy("reference_earning", "reference_payout");
  }

  private static OffsetDateTime end(LocalDate week) {
    return Deliveries.start(week.plusWeeks(1));
  }

  private static Duration time(PreparedStatement statement) throws SQLException {
    long begun = System.nanoTime();
    statement.execute();
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
