package dev.mainstay.sandbox;

import dev.mainstay.sandbox.server.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** The running sandbox's database, in the application's role. */
public final class RunningDatabase extends AbstractDataSource {

  private final Home home;

  public RunningDatabase(Home home) {
    this.home = home;
  }

  /**
   * Its address.
   *
   * @throws dev.mainstay.sandbox.server.CannotStart if nothing runs
   */
  public DatabaseAddress address() {
    return address(home, Status.require(home));
  }

  /** The same in the role that owns its tables, for who has to prepare them. */
  public DatabaseAddress owner() {
    String role = "mainstay_migration";
    return address().as(role, Secrets.of(home).postgresPassword(role));
  }

  /** Its address, even while the rest of the sandbox is starting. */
  static DatabaseAddress address(Home home, Status status) {
    return DatabaseAddress.parse(status.databaseUrl())
        .as("mainstay_app", Secrets.of(home).postgresPassword("mainstay_app"));
  }

  @Override
  public Connection getConnection() throws SQLException {
    return address().connect();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return address().as(user, password).connect();
  }
}
