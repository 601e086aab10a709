/** Steps that wait for an operator: their attention items, and the actions that move them on. */
@NullMarked
package dev.mainstay.workflows.attention;

import org.jspecify.annotations.NullMarked;
