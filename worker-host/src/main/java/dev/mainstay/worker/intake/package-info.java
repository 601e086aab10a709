/** Building block 0, its other half: the drainer, which alone starts runs. */
@NullMarked
package dev.mainstay.worker.intake;

import org.jspecify.annotations.NullMarked;
