/** Attention items: what is stuck, why, and what an operator may do. */
@NullMarked
package dev.mainstay.api.attention;

import org.jspecify.annotations.NullMarked;
