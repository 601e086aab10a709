/** The steps of reminders. */
@NullMarked
package dev.mainstay.activities.reminder;

import org.jspecify.annotations.NullMarked;
