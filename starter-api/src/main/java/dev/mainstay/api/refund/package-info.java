/** Refunds: asked for by an operator, or told by a provider. */
@NullMarked
package dev.mainstay.api.refund;

import org.jspecify.annotations.NullMarked;
