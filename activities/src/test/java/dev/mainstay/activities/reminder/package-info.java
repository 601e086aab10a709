/** Reminders, on a real PostgreSQL. */
@NullMarked
package dev.mainstay.activities.reminder;

import org.jspecify.annotations.NullMarked;
