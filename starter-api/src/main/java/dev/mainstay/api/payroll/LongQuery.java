package dev.mainstay.api.payroll;

import java.time.Duration;
import org.jooq.DSLContext;

/**
 * Time to look at all that a period would pay: a million earnings take longer than a connection
 * waits for an answer otherwise.
 */
final class LongQuery {

  private static final Duration TIME = Duration.ofMinutes(2);

  private LongQuery() {}

  /** Gives it to the connection of the transaction that is under way; the pool takes it back. */
  static void begin(DSLContext database) {
    database.connection(
        connection -> connection.setNetworkTimeout(Runnable::run, (int) TIME.toMillis()));
  }
}
