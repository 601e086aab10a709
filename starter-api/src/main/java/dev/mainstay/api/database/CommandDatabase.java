package dev.mainstay.api.database;

import dev.mainstay.db.DatabaseUrl;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;

/** Runs a command of its own on the database that {@code DATABASE_URL} names. */
public final class CommandDatabase {

  private CommandDatabase() {}

  /** Runs it; its exit code, 2 where no database is named. */
  public static int run(Function<DataSource, CommandLine> commandOn, String... arguments) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    CommandLine command = commandOn.apply(source);
    String url = System.getenv("DATABASE_URL");
    if (url == null) {
      command
          .getErr()
          .println("DATABASE_URL is not set: postgresql://user:password@host:port/database");
      return 2;
    }
    DatabaseUrl database = DatabaseUrl.parse(url);
    source.setUrl(database.jdbcUrl());
    if (database.user() != null) {
      source.setUser(database.user());
    }
    if (database.password() != null) {
      source.setPassword(database.password());
    }
    return command.execute(arguments);
  }
}
