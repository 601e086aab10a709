/** The task's module. */
@NullMarked
package dev.mainstay.worker.task;

import org.jspecify.annotations.NullMarked;
