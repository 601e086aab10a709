/** The invariants' module, and what the last run of the sweep found. */
@NullMarked
package dev.mainstay.worker.invariants;

import org.jspecify.annotations.NullMarked;
