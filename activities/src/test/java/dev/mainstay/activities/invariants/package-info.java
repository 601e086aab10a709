/** Tests of the steps of the sweep invariants. */
@NullMarked
package dev.mainstay.activities.invariants;

import org.jspecify.annotations.NullMarked;
