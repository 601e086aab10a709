/** The drainer on a real PostgreSQL. */
@NullMarked
package dev.mainstay.worker.intake;

import org.jspecify.annotations.NullMarked;
