package dev.mainstay.activities.gateway;

/** How much a gateway takes in a time, from all hosts together. */
@FunctionalInterface
public interface RateLimit {

  /** Waits until it may be called so often. */
  void take(int calls);
}
