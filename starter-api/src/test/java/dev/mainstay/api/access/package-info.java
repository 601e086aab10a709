/** Tests that hold the roles to the database's. */
@NullMarked
package dev.mainstay.api.access;

import org.jspecify.annotations.NullMarked;
