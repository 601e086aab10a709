/** A simulator of Stripe that speaks its wire format, so that stripe-java talks to it. */
@NullMarked
package dev.mainstay.sandbox.stripe;

import org.jspecify.annotations.NullMarked;
