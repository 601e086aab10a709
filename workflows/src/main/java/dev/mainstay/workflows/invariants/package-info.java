/** The sweep that looks every hour whether anything was lost. */
@NullMarked
package dev.mainstay.workflows.invariants;

import org.jspecify.annotations.NullMarked;
