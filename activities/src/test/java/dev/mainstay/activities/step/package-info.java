/** Tests of the behaviour that all steps share, on an activity. */
@NullMarked
package dev.mainstay.activities.step;

import org.jspecify.annotations.NullMarked;
