/** Stripe's webhook: signed events that bring payments. */
@NullMarked
package dev.mainstay.api.stripe;

import org.jspecify.annotations.NullMarked;
