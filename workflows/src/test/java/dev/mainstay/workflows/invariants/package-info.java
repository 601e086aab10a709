/** Tests of the sweep invariants. */
@NullMarked
package dev.mainstay.workflows.invariants;

import org.jspecify.annotations.NullMarked;
