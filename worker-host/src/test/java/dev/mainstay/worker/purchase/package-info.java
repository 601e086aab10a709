/** Tests of how a host carries purchases. */
@NullMarked
package dev.mainstay.worker.purchase;

import org.jspecify.annotations.NullMarked;
