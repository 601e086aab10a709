/** The processes that a host registers, runs and reports. */
@NullMarked
package dev.mainstay.worker.host;

import org.jspecify.annotations.NullMarked;
