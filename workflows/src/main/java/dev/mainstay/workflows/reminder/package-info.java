/** Reminders of appointments and of payments: two sweeps that write them and send them. */
@NullMarked
package dev.mainstay.workflows.reminder;

import org.jspecify.annotations.NullMarked;
