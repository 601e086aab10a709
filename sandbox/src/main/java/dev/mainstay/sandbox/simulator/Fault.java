package dev.mainstay.sandbox.simulator;

/** The fault that a vendor shows for one request. */
public enum Fault {
  OBEY,
  /** Does it, and says that it broke. */
  OBEY_THEN_FAIL,
  REFUSE,
  FAIL
}
