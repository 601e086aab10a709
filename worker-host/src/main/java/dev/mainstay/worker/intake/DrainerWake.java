package dev.mainstay.worker.intake;

import dev.mainstay.db.intake.IntakeWake;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How a step, a listener or a starter in this process wakes the drainer. Calls while it works count
 * as one.
 */
public final class DrainerWake implements IntakeWake {

  private final Semaphore calls = new Semaphore(0);

  @Override
  public void wake() {
    calls.release();
  }

  /** Waits for a call, at most this long; whether there was one. */
  boolean await(long seconds) throws InterruptedException {
    boolean called = calls.tryAcquire(seconds, TimeUnit.SECONDS);
    calls.drainPermits();
    return called;
  }
}
