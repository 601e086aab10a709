/** Connections: a pool for what is read and kept, and one of its own for intake. */
@NullMarked
package dev.mainstay.api.database;

import org.jspecify.annotations.NullMarked;
