package dev.mainstay.benchmark.soak;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Connections, what the tables take on disk, and what waits in them. */
final class DatabaseProbe implements Probe {

  private static final double KILOBYTE = 1024;

  /** They have rows for each purchase, or for each that is refunded. */
  private static final List<String> GROWING =
      List.of(
          "intake",
          "payment",
          "transaction",
          "purchase",
          "invoice",
          "allocation",
          "course_session",
          "event",
          "message",
          "refund_fact",
          "credit_note");

  /** As many rows as ever, updated again and again. */
  private static final List<String> FIXED = List.of("trainer", "worker_host", "rate_limit");

  private static final Measure CONNECTIONS =
      new Measure("connections, all", "", Tolerance.CONNECTIONS);
  private static final Measure WAITING =
      new Measure("intake, rows that wait", "", Tolerance.UNDER_WAY);
  private static final Measure UNSENT = new Measure("messages that wait", "", Tolerance.UNDER_WAY);

  private final Connection connection;

  DatabaseProbe(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void read(Sample into) throws SQLException {
    connections(into);
    tables(into, GROWING, count("select count(*) from purchase"));
    tables(into, FIXED, 0);
    into.put(WAITING, count("select count(*) from intake where done_at is null"));
    into.put(UNSENT, count("select count(*) from message where status = 'waiting'"));
  }

  private void connections(Sample into) throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select application_name, count(*)
                from pg_stat_activity
                where datname = current_database() and usename <> current_user
                group by 1
                order by 1\
                """)) {
      long all = 0;
      while (rows.next()) {
        all += rows.getLong(2);
        into.put(
            new Measure("connections, " + rows.getString(1), "", Tolerance.CONNECTIONS),
            rows.getLong(2));
      }
      into.put(CONNECTIONS, all);
    }
  }

  /**
   * Measures these.
   *
   * @param purchases to which their size is related; 0 for tables of a fixed size
   */
  private void tables(Sample into, List<String> names, long purchases) throws SQLException {
    try (var query =
        connection.prepareStatement(
            """
            select relname, pg_table_size(relid), pg_indexes_size(relid), n_live_tup, n_dead_tup
            from pg_stat_user_tables
            where relname = any (?)
            order by array_position(?, relname::text)\
            """)) {
      var wanted = connection.createArrayOf("text", names.toArray());
      query.setArray(1, wanted);
      query.setArray(2, wanted);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          String name = rows.getString(1);
          size(into, name, rows.getLong(2), purchases);
          size(into, name + ", indexes", rows.getLong(3), purchases);
          into.put(
              new Measure(name + ", dead rows", "% of a vacuum's", Tolerance.DEAD),
              100 * rows.getLong(5) / vacuumedAt(rows.getLong(4)));
        }
      }
    }
  }

  /** The number of dead rows at which autovacuum starts, by its default settings. */
  private static double vacuumedAt(long live) {
    return 50 + 0.2 * live;
  }

  private static void size(Sample into, String name, long bytes, long purchases) {
    if (purchases == 0) {
      into.put(new Measure(name, "kB", Tolerance.FIXED_SIZE), bytes / KILOBYTE);
    } else {
      into.put(
          new Measure(name, "bytes a purchase", Tolerance.BYTES_EACH), (double) bytes / purchases);
    }
  }

  private long count(String query) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
