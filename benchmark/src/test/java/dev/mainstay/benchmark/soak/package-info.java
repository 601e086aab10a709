/** Tests of the verdict on whether a measure is flat. */
@NullMarked
package dev.mainstay.benchmark.soak;

import org.jspecify.annotations.NullMarked;
