package dev.mainstay.sandbox.stripe;

import java.security.SecureRandom;

/** Ids that look like Stripe's: a prefix and 24 letters and digits. */
public final class StripeId {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom random = new SecureRandom();

  private StripeId() {}

  public static String next(String prefix) {
    var id = new StringBuilder(prefix).append('_');
    random.ints(24, 0, ALPHABET.length()).forEach(i -> id.append(ALPHABET.charAt(i)));
    return id.toString();
  }
}
