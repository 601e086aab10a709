/**
 * Building block 2: bulk work in pages of a key range (Temporal's <i>Sliding Window</i>, over
 * activities rather than children).
 */
@NullMarked
package dev.mainstay.workflows.page;

import org.jspecify.annotations.NullMarked;
