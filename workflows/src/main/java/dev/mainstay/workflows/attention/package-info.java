/** What waits for an operator, why, and what moves it on. */
@NullMarked
package dev.mainstay.workflows.attention;

import org.jspecify.annotations.NullMarked;
