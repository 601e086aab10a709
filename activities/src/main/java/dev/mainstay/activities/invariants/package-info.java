/** Asks whether anything was lost. */
@NullMarked
package dev.mainstay.activities.invariants;

import org.jspecify.annotations.NullMarked;
