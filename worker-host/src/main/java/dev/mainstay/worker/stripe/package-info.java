/** Stripe, as a worker host asks it. */
@NullMarked
package dev.mainstay.worker.stripe;

import org.jspecify.annotations.NullMarked;
