/** Tests of what a host reports. */
@NullMarked
package dev.mainstay.worker.host;

import org.jspecify.annotations.NullMarked;
