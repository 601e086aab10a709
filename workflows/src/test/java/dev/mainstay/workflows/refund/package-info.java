/** Refunds on a Temporal whose time the tests move. */
@NullMarked
package dev.mainstay.workflows.refund;

import org.jspecify.annotations.NullMarked;
