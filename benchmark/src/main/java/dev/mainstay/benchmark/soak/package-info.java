/** Half load for long, and what is more at its end than it was at its beginning. */
@NullMarked
package dev.mainstay.benchmark.soak;

import org.jspecify.annotations.NullMarked;
