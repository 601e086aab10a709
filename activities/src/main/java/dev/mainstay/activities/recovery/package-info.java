/** Finds work that is unfinished by the facts and that no run carries, and starts it again. */
@NullMarked
package dev.mainstay.activities.recovery;

import org.jspecify.annotations.NullMarked;
