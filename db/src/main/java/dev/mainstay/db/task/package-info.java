/** What a task may be. */
@NullMarked
package dev.mainstay.db.task;

import org.jspecify.annotations.NullMarked;
