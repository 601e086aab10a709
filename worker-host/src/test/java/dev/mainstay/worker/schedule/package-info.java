/** Tests of how Schedules are kept. */
@NullMarked
package dev.mainstay.worker.schedule;

import org.jspecify.annotations.NullMarked;
