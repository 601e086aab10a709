package dev.mainstay.db.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mainstay.db.Migrations;
import dev.mainstay.db.generated.Routines;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A migrated database of its own for each test that asks for one, in one PostgreSQL for the whole
 * JVM: an embedded one, or the one that the property {@code mainstay.test.postgres} names. Tests
 * use it in the application's role, so that a missing grant fails them. Not durable (fsync is off):
 * never measure with it.
 */
public final class TestDatabase implements AutoCloseable {

  private static final String TEMPLATE = "mainstay_template";
  private static final AtomicInteger created = new AtomicInteger();

  private final String name;
  private final HikariDataSource pool;
  private final DSLContext dsl;
  private final TransactionTemplate transaction;

  private TestDatabase(String name) {
    this.name = name;
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url("mainstay_app"));
    config.setMaximumPoolSize(16);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(3_000);
    this.pool = new HikariDataSource(config);
    this.dsl = DSL.using(new TransactionAwareDataSourceProxy(pool), SQLDialect.POSTGRES);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
  }

  /** A new, migrated, empty database. */
  public static TestDatabase create() {
    String name = "test_" + created.incrementAndGet();
    execute(
        Server.database("postgres", "postgres"),
        "create database " + name + " template " + TEMPLATE);
    return new TestDatabase(name);
  }

  /** jOOQ in the application's role; takes part in {@link #transaction()}. */
  public DSLContext dsl() {
    return dsl;
  }

  public TransactionTemplate transaction() {
    return transaction;
  }

  public DataSource dataSource() {
    return pool;
  }

  /** A superuser's jOOQ, to see or break what the application may not. */
  public DSLContext admin() {
    return DSL.using(Server.database("postgres", name), SQLDialect.POSTGRES);
  }

  /** An id as the tables get them: UUID v7. */
  public UUID newId() {
    return Routines.newId(dsl.configuration());
  }

  /**
   * What the invariant checker finds, as {@code rule}: empty unless something was lost or doubled.
   */
  public List<String> violations() {
    return dsl.fetch("select rule from invariant_violation order by rule")
        .getValues("rule", String.class);
  }

  /** Every row of every table, so that two moments can be compared. */
  public Map<String, List<String>> contents() {
    DSLContext admin = admin();
    return admin
        .fetch(
            "select relname from pg_stat_user_tables where relname <> 'flyway_schema_history' order by relname")
        .getValues("relname", String.class)
        .stream()
        .collect(
            Collectors.toMap(
                table -> table,
                table ->
                    admin
                        .fetch("select t::text as row from " + table + " t order by 1")
                        .getValues("row", String.class)));
  }

  /** A JDBC URL for a role; the tests' PostgreSQL asks nobody for a password. */
  public String url(String role) {
    return Server.url(role, name);
  }

  @Override
  public void close() {
    pool.close();
    execute(Server.database("postgres", "postgres"), "drop database " + name + " with (force)");
  }

  private static void execute(DataSource source, String sql) {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static final class Server {

    /**
     * Host and port of one that is there, new and empty, where {@code postgres} needs no password.
     */
    private static final String GIVEN = "mainstay.test.postgres";

    private static final String PLACE = prepared(System.getProperty(GIVEN));

    static String url(String role, String name) {
      return url(PLACE, role, name);
    }

    static DataSource database(String role, String name) {
      return source(PLACE, role, name);
    }

    private static String prepared(@Nullable String given) {
      try {
        String place = given == null ? "localhost:" + embedded().getPort() : given;
        execute(source(place, "postgres", "postgres"), "create database " + TEMPLATE);
        execute(source(place, "postgres", TEMPLATE), roles());
        Migrations.run(
            Migrations.configure(Flyway.configure())
                .dataSource(source(place, "mainstay_migration", TEMPLATE))
                .load());
        return place;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static EmbeddedPostgres embedded() throws IOException {
      return EmbeddedPostgres.builder()
          .setServerConfig("max_connections", "300")
          .setServerConfig("jit", "off")
          .start();
    }

    private static DataSource source(String place, String role, String name) {
      var source = new PGSimpleDataSource();
      source.setUrl(url(place, role, name));
      return source;
    }

    private static String url(String place, String role, String name) {
      return "jdbc:postgresql://%s/%s?user=%s".formatted(place, name, role);
    }

    private static String roles() throws IOException {
      try (var file = Objects.requireNonNull(Server.class.getResourceAsStream("/db/roles.sql"))) {
        return new String(file.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
