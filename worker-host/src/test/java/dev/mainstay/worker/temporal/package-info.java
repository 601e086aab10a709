/** Tests of what the Temporal server has to know. */
@NullMarked
package dev.mainstay.worker.temporal;

import org.jspecify.annotations.NullMarked;
