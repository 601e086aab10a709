/** What a run is measured by. */
@NullMarked
package dev.mainstay.benchmark;

import org.jspecify.annotations.NullMarked;
