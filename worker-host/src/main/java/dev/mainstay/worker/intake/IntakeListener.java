package dev.mainstay.worker.intake;

import dev.mainstay.db.intake.IntakeNotifier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Hears the NOTIFY of starters in other processes, on a connection of its own; without it the
 * drainer's poll finds the rows.
 */
final class IntakeListener implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(IntakeListener.class);
  private static final Duration WAIT = Duration.ofSeconds(1);

  /** A quiet connection waits; one that a firewall or a failover dropped is quiet forever. */
  private static final int ASK_AFTER = 10;

  private static final int SECONDS_TO_ANSWER = 5;

  private final String url;
  private final @Nullable String user;
  private final @Nullable String password;
  private final DrainerWake wake;
  private volatile @Nullable ScheduledExecutorService connections;

  IntakeListener(String url, @Nullable String user, @Nullable String password, DrainerWake wake) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.wake = wake;
  }

  @Override
  public void start() {
    ScheduledExecutorService rounds =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("intake-listener").factory());
    connections = rounds;
    var _ = rounds.scheduleWithFixedDelay(this::listen, 0, WAIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    ScheduledExecutorService rounds = connections;
    connections = null;
    if (rounds != null) {
      rounds.shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return connections != null;
  }

  /** As long as the connection lasts. */
  private void listen() {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        var statement = connection.createStatement()) {
      statement.execute("listen " + IntakeNotifier.CHANNEL);
      PGConnection postgres = connection.unwrap(PGConnection.class);
      for (int quiet = 1; isRunning(); quiet++) {
        if (postgres.getNotifications((int) WAIT.toMillis()).length > 0) {
          quiet = 0;
          wake.wake();
        } else if (quiet % ASK_AFTER == 0 && !connection.isValid(SECONDS_TO_ANSWER)) {
          return;
        }
      }
    } catch (SQLException e) {
      log.debug("Not listening: the drainer's poll finds the rows", e);
    }
  }
}
