/** The record of sweeps. */
@NullMarked
package dev.mainstay.activities.sweep;

import org.jspecify.annotations.NullMarked;
