/** Tests of how a host serves the top-up. */
@NullMarked
package dev.mainstay.worker.session;

import org.jspecify.annotations.NullMarked;
