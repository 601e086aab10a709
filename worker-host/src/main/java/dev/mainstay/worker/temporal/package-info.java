/** What the Temporal server has to know of the product. */
@NullMarked
package dev.mainstay.worker.temporal;

import org.jspecify.annotations.NullMarked;
