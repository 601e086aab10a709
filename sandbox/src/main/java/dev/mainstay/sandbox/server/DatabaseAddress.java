package dev.mainstay.sandbox.server;

import dev.mainstay.db.DatabaseUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A database and as whom to go there.
 *
 * @param place host, port and database, as {@code 127.0.0.1:7220/mainstay}
 */
public record DatabaseAddress(String place, String user, String password) {

  private static final String JDBC = "jdbc:postgresql://";

  /**
   * Reads a libpq URI that names a user and a password.
   *
   * @throws CannotStart if it is none
   */
  public static DatabaseAddress parse(String libpqUri) {
    DatabaseUrl url = DatabaseUrl.parse(libpqUri);
    String user = url.user();
    String password = url.password();
    if (user == null || password == null || !url.jdbcUrl().startsWith(JDBC)) {
      throw new CannotStart("Give the database as postgresql://user:password@host:port/database");
    }
    return new DatabaseAddress(url.jdbcUrl().substring(JDBC.length()), user, password);
  }

  /** The same database under another user. */
  public DatabaseAddress as(String otherUser, String itsPassword) {
    return new DatabaseAddress(place, otherUser, itsPassword);
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(JDBC + place, user, password);
  }

  /** As psql, {@code DATABASE_URL} and most tools take it. */
  public String libpqUri() {
    return "postgresql://%s:%s@%s".formatted(encode(user), encode(password), place);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "postgresql://%s@%s".formatted(user, place);
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8);
  }
}
