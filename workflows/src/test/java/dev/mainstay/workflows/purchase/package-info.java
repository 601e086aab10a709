/** Purchases on a Temporal whose time the tests move. */
@NullMarked
package dev.mainstay.workflows.purchase;

import org.jspecify.annotations.NullMarked;
