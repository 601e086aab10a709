/** A host's configuration. */
@NullMarked
package dev.mainstay.worker.module;

import org.jspecify.annotations.NullMarked;
