/** Attention items, on a real PostgreSQL. */
@NullMarked
package dev.mainstay.activities.attention;

import org.jspecify.annotations.NullMarked;
