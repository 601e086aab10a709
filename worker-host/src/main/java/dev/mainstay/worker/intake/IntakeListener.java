package dev.mainstay.worker.intake;

import dev.mainstay.db.intake.IntakeNotifier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
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

  private final String url;
  private final @Nullable String user;
  private final @Nullable String password;
  private final DrainerWake wake;
  private volatile @Nullable Thread thread;

  IntakeListener(String url, @Nullable String user, @Nullable String password, DrainerWake wake) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.wake = wake;
  }

  @Override
  public void start() {
    Thread listener = Thread.ofPlatform().daemon().name("intake-listener").unstarted(this::listen);
    thread = listener;
    listener.start();
  }

  @Override
  public void stop() {
    Thread listener = thread;
    thread = null;
    if (listener != null) {
      listener.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void listen() {
    while (isRunning()) {
      try (Connection connection = DriverManager.getConnection(url, user, password);
          var statement = connection.createStatement()) {
        statement.execute("listen " + IntakeNotifier.CHANNEL);
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (isRunning()) {
          if (postgres.getNotifications((int) WAIT.toMillis()).length > 0) {
            wake.wake();
          }
        }
      } catch (SQLException e) {
        log.debug("Not listening: the drainer's poll finds the rows", e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      thread = null;
    }
  }
}
