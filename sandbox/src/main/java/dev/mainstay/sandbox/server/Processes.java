package dev.mainstay.sandbox.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Ends processes: asks first, then insists. */
final class Processes {

  private static final Duration INSISTING = Duration.ofSeconds(10);
  private static final Duration LOOKS_EVERY = Duration.ofMillis(20);

  private Processes() {}

  /**
   * Asks all of them to end, kills after a time those that have not, and returns when all have
   * ended.
   */
  static void end(List<ProcessHandle> processes, Duration patience) {
    processes.forEach(ProcessHandle::destroy);
    if (!became(Processes::ended, processes, patience)) {
      processes.forEach(ProcessHandle::destroyForcibly);
      if (!became(Processes::ended, processes, INSISTING)) {
        throw new IllegalStateException("Cannot end " + processes);
      }
    }
  }

  /**
   * Whether it has ended. It may still be listed then, without a command, until its parent has
   * taken note.
   */
  static boolean ended(ProcessHandle process) {
    return process.info().command().isEmpty() || !process.isAlive();
  }

  /** Waits until the system does not list it any more. */
  static void awaitGone(ProcessHandle process, Duration within) {
    if (!became(listed -> !listed.isAlive(), List.of(process), within)) {
      throw new IllegalStateException("Still listed: " + process);
    }
  }

  /**
   * Looks itself: {@link ProcessHandle#onExit} looks at a process that is not a child at intervals
   * that grow to seconds.
   */
  private static boolean became(
      Predicate<ProcessHandle> state, List<ProcessHandle> processes, Duration within) {
    Instant deadline = Instant.now().plus(within);
    try {
      while (!processes.stream().allMatch(state)) {
        if (Instant.now().isAfter(deadline)) {
          return false;
        }
        Thread.sleep(LOOKS_EVERY);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
