/** The REST starter, run for tests. */
@NullMarked
package dev.mainstay.api.testing;

import org.jspecify.annotations.NullMarked;
