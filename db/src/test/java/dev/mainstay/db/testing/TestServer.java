package dev.mainstay.db.testing;

import dev.mainstay.db.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The one PostgreSQL of the JVM, with a migrated database that the others are copies of. */
final class TestServer {

  static final String TEMPLATE = "mainstay_template";

  /**
   * Host and port of an existing server, new and empty, where {@code postgres} needs no password.
   */
  private static final String GIVEN = "mainstay.test.postgres";

  private static final String PLACE = prepared(System.getProperty(GIVEN));

  private TestServer() {}

  static String url(String role, String database) {
    return url(PLACE, role, database);
  }

  static DataSource database(String role, String database) {
    return source(PLACE, role, database);
  }

  static void execute(DataSource source, String sql) {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
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

  private static DataSource source(String place, String role, String database) {
    var source = new PGSimpleDataSource();
    source.setUrl(url(place, role, database));
    return source;
  }

  private static String url(String place, String role, String database) {
    return "jdbc:postgresql://%s/%s?user=%s".formatted(place, database, role);
  }

  private static String roles() throws IOException {
    try (var file = Objects.requireNonNull(TestServer.class.getResourceAsStream("/db/roles.sql"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
