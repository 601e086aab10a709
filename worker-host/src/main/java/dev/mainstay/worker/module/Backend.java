package dev.mainstay.worker.module;

/** What runs the processes. */
public enum Backend {
  /** A Temporal cluster or Temporal Cloud. */
  CLUSTER,
  /** The Temporal server of the sandbox on this machine. */
  SANDBOX,
  /** None: no worker starts, nothing is drained. */
  DISABLED
}
