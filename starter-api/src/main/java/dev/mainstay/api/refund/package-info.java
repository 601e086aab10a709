/** Refunds: requested by an operator, or reported by a provider. */
@NullMarked
package dev.mainstay.api.refund;

import org.jspecify.annotations.NullMarked;
