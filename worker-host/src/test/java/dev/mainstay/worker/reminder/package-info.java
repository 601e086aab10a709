/** Reminders, as a worker host serves them. */
@NullMarked
package dev.mainstay.worker.reminder;

import org.jspecify.annotations.NullMarked;
