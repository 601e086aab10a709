package dev.mainstay.activities.gateway;

/**
 * The service was not reached, or accepts nothing now: nothing was done, and another try may
 * succeed.
 */
public final class NotReachedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Without what caused it: that may name an address, and Temporal keeps it.
   *
   * @param message names no address and no person
   */
  public NotReachedException(String message) {
    super(message);
  }
}
