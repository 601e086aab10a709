package dev.mainstay.benchmark.payroll;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Vendors, and what they earned in a week, written straight into the tables: a million deliveries
 * over REST would measure something else.
 */
final class Deliveries {

  private final Connection owner;

  /** On a connection of the role that owns the tables. */
  Deliveries(Connection owner) {
    this.owner = owner;
  }

  /**
   * Makes each of the given number of vendors deliver the given number of times in a week, in turn,
   * as in production: no vendor's earnings are adjacent.
   *
   * @param week the Monday of the week
   */
  void make(int vendors, int each, LocalDate week) throws SQLException {
    vendors(vendors);
    try (var insert =
        owner.prepareStatement(
            """
            insert into earning (vendor_id, source_kind, source_id, kind, gross_minor, commission_percent, commission_minor,
                                 net_minor, currency, earned_at)
            select v.id, 'booking', gen_random_uuid(), 'delivery', g.minor, 20, commission(g.minor, 20),
                   g.minor - commission(g.minor, 20), v.currency, ? + n * interval '7 days' / ?
            from generate_series(1, ? - 1) n
            cross join vendor v
            cross join lateral (select 7000 + abs(hashtext(v.id::text)) % 1000 + n) g (minor)
            where v.name = ?
            order by n, v.id\
            """)) {
      insert.setObject(1, start(week));
      insert.setInt(2, each + 1);
      insert.setInt(3, each + 1);
      insert.setString(4, group(vendors));
      insert.executeUpdate();
    }
    tidy("vendor", "earning", "payout");
  }

  /** As autovacuum does in its own time, so that every round begins with the same tables. */
  void tidy(String... tables) throws SQLException {
    try (var statement = owner.createStatement()) {
      for (String table : tables) {
        statement.execute("vacuum (analyze) " + table);
      }
    }
  }

  /** The same vendors in every round of a size. */
  private void vendors(int count) throws SQLException {
    try (var insert =
        owner.prepareStatement(
            """
            insert into vendor (id, name, email, locale, zone, cadence, currency, payout_account)
            select gen_random_uuid(), ?, 'vendor' || n || '@bench.example', 'en', 'UTC', 'weekly', 'USD', 'acct_bench' || n
            from generate_series(1, ?) n
            where not exists (select from vendor where name = ?)\
            """)) {
      insert.setString(1, group(count));
      insert.setInt(2, count);
      insert.setString(3, group(count));
      insert.executeUpdate();
    }
  }

  /** Its first moment, in the payroll zone of a sandbox. */
  static OffsetDateTime start(LocalDate week) {
    return week.atStartOfDay().atOffset(ZoneOffset.UTC);
  }

  private static String group(int vendors) {
    return "One of " + vendors;
  }
}
