/** Tests of the measures of a run. */
@NullMarked
package dev.mainstay.benchmark;

import org.jspecify.annotations.NullMarked;
