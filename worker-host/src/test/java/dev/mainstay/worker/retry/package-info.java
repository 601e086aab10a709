/** Configured retries of steps. */
@NullMarked
package dev.mainstay.worker.retry;

import org.jspecify.annotations.NullMarked;
