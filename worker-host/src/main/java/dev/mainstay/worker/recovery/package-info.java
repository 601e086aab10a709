/** The command that starts again what was lost with Temporal's database. */
@NullMarked
package dev.mainstay.worker.recovery;

import org.jspecify.annotations.NullMarked;
