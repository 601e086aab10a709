package dev.mainstay.sandbox.simulator;

/** What the dial wants of a vendor for one request. */
public enum Fault {
  OBEY,
  /** Does it, and says that it broke. */
  OBEY_THEN_FAIL,
  REFUSE,
  FAIL
}
