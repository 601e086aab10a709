/** How often steps are tried, as configured. */
@NullMarked
package dev.mainstay.worker.retry;

import org.jspecify.annotations.NullMarked;
