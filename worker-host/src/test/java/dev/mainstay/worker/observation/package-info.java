/** A whole worker host, and what is seen of it. */
@NullMarked
package dev.mainstay.worker.observation;

import org.jspecify.annotations.NullMarked;
