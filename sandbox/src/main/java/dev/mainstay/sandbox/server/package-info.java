/**
 * PostgreSQL and Temporal as the sandbox runs them: on disk, watched, started again when they die.
 */
@NullMarked
package dev.mainstay.sandbox.server;

import org.jspecify.annotations.NullMarked;
