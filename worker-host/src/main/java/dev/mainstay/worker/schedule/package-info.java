/** The product's Schedules, kept on the Temporal server as the modules define them. */
@NullMarked
package dev.mainstay.worker.schedule;

import org.jspecify.annotations.NullMarked;
