package dev.mainstay.api.stripe;

/**
 * An event of Stripe's.
 *
 * @param type as Stripe names it where it is one that is acted on, else {@code other}, so that
 *     there are few of them
 */
record StripeEvent(String type, StripePayment content) {

  static final String OTHER = "other";
}
