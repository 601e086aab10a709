package dev.mainstay.sandbox;

import dev.mainstay.db.Migrations;
import dev.mainstay.db.UnknownSchema;
import dev.mainstay.sandbox.server.CannotStart;
import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.sandbox.server.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;
import org.flywaydb.core.Flyway;

/** The product's database: its roles with passwords of their own, its schema up to date. */
final class Database {

  static final String NAME = "mainstay";

  private final DatabaseAddress superuser;
  private final Secrets secrets;

  /** Says where; does nothing. */
  Database(DatabaseAddress superuser, Secrets secrets) {
    this.superuser = superuser;
    this.secrets = secrets;
  }

  /** Creates the database in our own server, if it is missing. */
  static void create(PostgresServer server) {
    try (var connection = server.database("postgres").connect();
        var statement = connection.createStatement();
        var found =
            statement.executeQuery("select from pg_database where datname = '" + NAME + "'")) {
      if (!found.next()) {
        statement.execute("create database " + NAME);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create the database", e);
    }
  }

  void prepare() {
    try (var connection = superuser.connect();
        var statement = connection.createStatement()) {
      statement.execute(roles());
      for (String role : new String[] {"mainstay_migration", "mainstay_app", "mainstay_reader"}) {
        statement.execute(
            "alter role %s password '%s'".formatted(role, secrets.postgresPassword(role)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create the roles in " + superuser, e);
    }
    DatabaseAddress migration = as("mainstay_migration");
    try {
      Migrations.run(
          Migrations.configure(Flyway.configure())
              .dataSource(
                  "jdbc:postgresql://" + migration.place(), migration.user(), migration.password())
              .load());
    } catch (UnknownSchema e) {
      throw new CannotStart(
          "The data here is of an unreleased version and cannot be upgraded: ./mainstay up --fresh deletes it and starts empty");
    }
  }

  /** The application's view of it. */
  DatabaseAddress application() {
    return as("mainstay_app");
  }

  /** A role that may read all. */
  DatabaseAddress reader() {
    return as("mainstay_reader");
  }

  private DatabaseAddress as(String role) {
    return superuser.as(role, secrets.postgresPassword(role));
  }

  private static String roles() {
    try (var file = Objects.requireNonNull(Database.class.getResourceAsStream("/db/roles.sql"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
