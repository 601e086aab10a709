package dev.mainstay.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/**
 * Distinguishes an outage of our own PostgreSQL from every other failure. An outage is never an
 * attempt of a step: the step keeps trying until the database is back (specification, "Attempts
 * n").
 */
public final class DatabaseUnavailable {

  private DatabaseUnavailable() {}

  /**
   * Whether the failure, or one of its causes, says that the database could not be reached or is
   * going down: a pool that got no connection, SQLSTATE 08 (connection), 57P01 to 57P03 (shutting
   * down, crashed, starting) or 53300 (too many connections).
   */
  public static boolean explains(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || (cause instanceof SQLException sql && saysAway(sql.getSQLState()))) {
        return true;
      }
      // A rollback over a lost connection fails too, and Spring puts that failure in place of the
      // first one.
      if (cause instanceof TransactionSystemException rollback
          && (hides(rollback) || foundConnectionClosed(rollback))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hides(TransactionSystemException rollback) {
    Throwable first = rollback.getApplicationException();
    return first != null && explains(first);
  }

  /**
   * Spring drops the failure of a commit over a lost connection once the rollback fails too. Only
   * the pool's message that it has closed the connection remains: PostgreSQL's own refusals all
   * have an SQLSTATE.
   */
  private static boolean foundConnectionClosed(TransactionSystemException rollback) {
    return rollback.getCause() instanceof SQLException closed && closed.getSQLState() == null;
  }

  private static boolean saysAway(@Nullable String sqlState) {
    return sqlState != null
        && (sqlState.startsWith("08") || sqlState.startsWith("57P0") || sqlState.equals("53300"));
  }
}
