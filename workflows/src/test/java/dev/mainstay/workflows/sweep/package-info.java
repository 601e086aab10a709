/** Tests of sweeps, on a Temporal whose time they move. */
@NullMarked
package dev.mainstay.workflows.sweep;

import org.jspecify.annotations.NullMarked;
