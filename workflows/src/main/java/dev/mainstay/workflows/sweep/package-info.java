/** Scheduled processes that go over what is there, never wait for an operator, and come again. */
@NullMarked
package dev.mainstay.workflows.sweep;

import org.jspecify.annotations.NullMarked;
