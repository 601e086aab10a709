/** The admin service's simulator, and what asks it. */
@NullMarked
package dev.mainstay.sandbox.admin;

import org.jspecify.annotations.NullMarked;
