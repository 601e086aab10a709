/** A host's configuration. */
@NullMarked
package dev.mainstay.worker.host;

import org.jspecify.annotations.NullMarked;
