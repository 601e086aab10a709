/** Names that every capability shares: task queues, search attributes, error types. */
@NullMarked
package dev.mainstay.workflows;

import org.jspecify.annotations.NullMarked;
