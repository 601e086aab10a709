package dev.mainstay.worker.module;

/** The engine that runs the processes. */
public enum Backend {
  /** A Temporal cluster or Temporal Cloud. */
  CLUSTER,
  /** The Temporal server of the sandbox on this machine. */
  SANDBOX,
  /** None: no worker starts, and the intake waits. */
  DISABLED
}
