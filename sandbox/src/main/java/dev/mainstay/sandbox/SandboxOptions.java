package dev.mainstay.sandbox;

import dev.mainstay.sandbox.server.DatabaseAddress;
import org.jspecify.annotations.Nullable;

/**
 * How to start.
 *
 * @param fresh forgets the data of earlier starts
 * @param workerHosts how many worker hosts run as processes of their own; 0: one inside the sandbox
 * @param allocator who gives students their trainers
 * @param temporalAddress of a Temporal that is already there; null: start one
 * @param database a PostgreSQL that is already there, as a superuser; null: start one
 */
public record SandboxOptions(
    Ports ports,
    boolean fresh,
    int workerHosts,
    Allocator allocator,
    @Nullable String temporalAddress,
    @Nullable DatabaseAddress database) {

  public SandboxOptions {
    if (workerHosts < 0 || workerHosts > 100) {
      throw new IllegalArgumentException("workerHosts must be 0 to 100");
    }
  }

  /** Everything of our own, one worker host inside. */
  public static SandboxOptions on(Ports ports) {
    return new SandboxOptions(ports, false, 0, Allocator.BUILT_IN, null, null);
  }

  /** The same with another allocator. */
  public SandboxOptions with(Allocator other) {
    return new SandboxOptions(ports, fresh, workerHosts, other, temporalAddress, database);
  }

  /** The same, forgetting the data of earlier starts. */
  public SandboxOptions startingEmpty() {
    return new SandboxOptions(ports, true, workerHosts, allocator, temporalAddress, database);
  }
}
