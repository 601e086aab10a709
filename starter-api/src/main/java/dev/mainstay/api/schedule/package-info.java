/** Schedules: what starts processes by the clock, and an operator's hand on it. */
@NullMarked
package dev.mainstay.api.schedule;

import org.jspecify.annotations.NullMarked;
