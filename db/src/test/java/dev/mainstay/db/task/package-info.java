/** The statuses of tasks against the schema's. */
@NullMarked
package dev.mainstay.db.task;

import org.jspecify.annotations.NullMarked;
