/** Tasks on a Temporal whose time the tests move. */
@NullMarked
package dev.mainstay.workflows.task;

import org.jspecify.annotations.NullMarked;
