package dev.mainstay.sandbox.load;

/**
 * The number of purchases, and their rate.
 *
 * @param rate events a second, sent when they are due whether or not earlier ones were answered; 0
 *     for a flood, as fast as the answers come
 * @param concurrency the number of events that may be unanswered at once
 */
public record LoadPlan(int purchases, double rate, int concurrency) {

  public LoadPlan {
    if (purchases < 1 || rate < 0 || concurrency < 1) {
      throw new IllegalArgumentException(
          "purchases and concurrency must be at least 1, rate at least 0");
    }
  }

  boolean isFlood() {
    return rate == 0;
  }
}
