/**
 * Refunds, requested by an operator or reported by a provider: booked once, and a full refund ends
 * its purchase.
 */
@NullMarked
package dev.mainstay.workflows.refund;

import org.jspecify.annotations.NullMarked;
