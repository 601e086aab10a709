/**
 * A host's reports about its work: correlation ids in its logs and runs, and the product's metrics.
 */
@NullMarked
package dev.mainstay.worker.observation;

import org.jspecify.annotations.NullMarked;
