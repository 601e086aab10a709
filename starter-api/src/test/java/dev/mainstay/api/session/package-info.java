/** Tests that hold the course sessions' words to the database's. */
@NullMarked
package dev.mainstay.api.session;

import org.jspecify.annotations.NullMarked;
