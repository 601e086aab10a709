package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.sandbox.Home;
import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.sandbox.server.PostgresServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * A durable PostgreSQL of the benchmark's own, begun empty. The product has a database in it, as
 * has each engine that keeps tables; so one log of one server carries them all.
 */
final class BenchDatabase implements AutoCloseable {

  private static final String PRODUCT = "mainstay";

  private final Path data;
  private final PostgresServer server;

  private BenchDatabase(Path data, PostgresServer server) {
    this.data = data;
    this.server = server;
  }

  /** Starts it in a home whose data it deletes. */
  static BenchDatabase start(Home home, int port) throws SQLException {
    byte[] password = new byte[24];
    new SecureRandom().nextBytes(password);
    Path data = home.data().resolve("bench-postgres");
    // Programs of its own: the sandbox ends what runs from its own ones before it starts
    var server =
        new PostgresServer(
            data,
            home.directory().resolve("bench-programs"),
            home.logs().resolve("bench-postgres.log"),
            port,
            HexFormat.of().formatHex(password));
    server.close();
    home.deleteData();
    home.create();
    server.start();
    var started = new BenchDatabase(data, server);
    started.execute(server.database("postgres"), "create database " + PRODUCT);
    return started;
  }

  /** The product's, as the superuser. */
  DatabaseAddress product() {
    return server.database(PRODUCT);
  }

  long processId() {
    return PostgresServer.postmaster(data).orElseThrow().pid();
  }

  String version() throws SQLException {
    try (var connection = product().connect()) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }

  /** An empty database for an engine's own tables, which the one who goes there owns. */
  DatabaseAddress empty(String name, DatabaseAddress who) throws SQLException {
    execute(
        server.database("postgres"),
        "drop database if exists " + name + " with (force)",
        "create database " + name + " owner " + who.user());
    return server.database(name).as(who.user(), who.password());
  }

  /** As if nothing had ever been bought, so that each round finds the same. */
  void forgetPurchases() throws SQLException {
    execute(
        product(),
        "truncate payment, intake, event, attention cascade",
        "update trainer set load = 0, last_allocated_at = null where load > 0",
        "vacuum analyze trainer",
        "checkpoint",
        // Counters kept would make autovacuum analyze the tables while they are empty; plans made
        // then read whole tables (decision 004).
        "select pg_stat_reset()");
  }

  /**
   * Everything was carried to its end, once.
   *
   * @throws IllegalStateException if not
   */
  void requireComplete(int purchases) throws SQLException {
    try (var connection = product().connect();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select (select count(*) from purchase where status = 'active'),
                       (select count(*) from allocation),
                       (select count(*) from course_session),
                       (select count(*) from invariant_violation)\
                """)) {
      row.next();
      if (row.getLong(1) != purchases
          || row.getLong(2) != purchases
          || row.getLong(3) != 7L * purchases
          || row.getLong(4) != 0) {
        throw new IllegalStateException(
            "Of %d purchases %d are active with %d trainers and %d sessions; %d violations"
                .formatted(
                    purchases, row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
      }
    }
  }

  private void execute(DatabaseAddress where, String... statements) throws SQLException {
    try (Connection connection = where.connect();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
