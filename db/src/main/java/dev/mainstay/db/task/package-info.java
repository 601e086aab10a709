/** The statuses of a task. */
@NullMarked
package dev.mainstay.db.task;

import org.jspecify.annotations.NullMarked;
