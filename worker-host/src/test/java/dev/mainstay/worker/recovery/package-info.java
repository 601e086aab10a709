/** Tests of the command recover. */
@NullMarked
package dev.mainstay.worker.recovery;

import org.jspecify.annotations.NullMarked;
