package dev.mainstay.db.intake;

/**
 * Tells the drainer, in this process or another, that a row waits. Losing a call costs at most the
 * drainer's poll, a second.
 */
@FunctionalInterface
public interface IntakeWake {

  void wake();
}
