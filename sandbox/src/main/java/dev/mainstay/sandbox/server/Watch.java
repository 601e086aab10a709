package dev.mainstay.sandbox.server;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks several times a second whether the servers still run, and starts again what died, on the
 * same data and port.
 */
public final class Watch implements AutoCloseable {

  private static final long EVERY_MILLIS = 250;
  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  private final ScheduledExecutorService rounds;

  public Watch(List<? extends Server> servers) {
    rounds = Executors.newScheduledThreadPool(Math.max(1, servers.size()));
    for (Server server : servers) {
      var _ =
          rounds.scheduleWithFixedDelay(
              () -> lookAfter(server), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static void lookAfter(Server server) {
    if (server.running()) {
      return;
    }
    log.warn("{} died: starting it again", server.name());
    try {
      server.start();
      log.warn("{} is back", server.name());
    } catch (RuntimeException e) {
      log.error("{} did not start; trying again", server.name(), e);
    }
  }

  /** Returns when nothing is being started any more. */
  @Override
  public void close() {
    rounds.shutdown();
    try {
      if (!rounds.awaitTermination(1, TimeUnit.MINUTES)) {
        log.warn("A server was still being started");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
