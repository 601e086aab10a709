/** What is called flat. */
@NullMarked
package dev.mainstay.benchmark.soak;

import org.jspecify.annotations.NullMarked;
