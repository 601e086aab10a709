package dev.mainstay.sandbox.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends processes: asks first, then insists. */
public final class Processes {

  private static final Duration INSISTING = Duration.ofSeconds(10);

  private Processes() {}

  /**
   * Asks all of them to end, kills after a time those that have not, and returns when all are gone.
   */
  public static void end(List<ProcessHandle> processes, Duration patience) {
    processes.forEach(ProcessHandle::destroy);
    if (!gone(processes, patience)) {
      processes.forEach(ProcessHandle::destroyForcibly);
      if (!gone(processes, INSISTING)) {
        throw new IllegalStateException("Cannot end " + processes);
      }
    }
  }

  private static boolean gone(List<ProcessHandle> processes, Duration within) {
    var exits = processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(exits).get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
