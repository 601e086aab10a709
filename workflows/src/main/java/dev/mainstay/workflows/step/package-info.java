/**
 * Building block 1: a business step that is tried, and then waits for an operator (Temporal's
 * <i>Resumable Activity</i>).
 */
@NullMarked
package dev.mainstay.workflows.step;

import org.jspecify.annotations.NullMarked;
