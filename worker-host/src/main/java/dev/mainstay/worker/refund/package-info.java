/** The refund's module. */
@NullMarked
package dev.mainstay.worker.refund;

import org.jspecify.annotations.NullMarked;
