/** Attention items as rows, from which inbox and lists are read. */
@NullMarked
package dev.mainstay.activities.attention;

import org.jspecify.annotations.NullMarked;
