package dev.mainstay.activities.gateway;

import org.jspecify.annotations.Nullable;

/**
 * The mode of Stripe in which this installation works. A key whose name does not tell its mode may
 * be of the other one; the objects that Stripe returns for it tell.
 *
 * @param live whether its money is real
 */
public record StripeMode(boolean live) {

  /** Why nothing is done with an object of the other mode. */
  public static final String OTHER = "our Stripe key is of the other mode (STRIPE_LIVEMODE)";

  /** Whether an object is of this mode. */
  public boolean has(@Nullable Boolean livemode) {
    return livemode != null && livemode == live;
  }

  /**
   * Lets an object of this mode pass.
   *
   * @param livemode as the object has it
   * @throws NotReachedException if it is of the other one: the account of this mode was not asked
   */
  public void require(@Nullable Boolean livemode) {
    if (!has(livemode)) {
      throw new NotReachedException(OTHER);
    }
  }
}
