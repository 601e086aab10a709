/** Work that is measured beside a reference, on durable parts only. */
@NullMarked
package dev.mainstay.benchmark;

import org.jspecify.annotations.NullMarked;
