/** The activity side of a step: telling an outage of our own database from a failure. */
@NullMarked
package dev.mainstay.activities.step;

import org.jspecify.annotations.NullMarked;
