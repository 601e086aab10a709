/** What steps have in common, tried on an activity. */
@NullMarked
package dev.mainstay.activities.step;

import org.jspecify.annotations.NullMarked;
