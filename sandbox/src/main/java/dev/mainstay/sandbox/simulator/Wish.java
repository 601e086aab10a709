package dev.mainstay.sandbox.simulator;

/** What the dial wants of a vendor for one request. */
public enum Wish {
  OBEY,
  REFUSE,
  FAIL
}
