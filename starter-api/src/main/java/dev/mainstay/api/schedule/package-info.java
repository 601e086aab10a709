/** Schedules, which start processes by the clock, and their control by operators. */
@NullMarked
package dev.mainstay.api.schedule;

import org.jspecify.annotations.NullMarked;
