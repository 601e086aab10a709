/** Tests of work that is unfinished and that no run carries. */
@NullMarked
package dev.mainstay.activities.recovery;

import org.jspecify.annotations.NullMarked;
