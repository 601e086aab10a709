/** Reminders, on Temporal's test environment. */
@NullMarked
package dev.mainstay.workflows.reminder;

import org.jspecify.annotations.NullMarked;
