/** Scheduled processes that go over existing rows, never wait for an operator, and run again. */
@NullMarked
package dev.mainstay.workflows.sweep;

import org.jspecify.annotations.NullMarked;
