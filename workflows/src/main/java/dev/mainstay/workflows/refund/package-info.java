/**
 * Money that goes back, from whichever side it is told: booked once, and a full refund ends its
 * purchase.
 */
@NullMarked
package dev.mainstay.workflows.refund;

import org.jspecify.annotations.NullMarked;
