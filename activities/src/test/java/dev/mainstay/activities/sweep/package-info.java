/** Tests of the record of sweeps, on a real PostgreSQL. */
@NullMarked
package dev.mainstay.activities.sweep;

import org.jspecify.annotations.NullMarked;
