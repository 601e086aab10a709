/** The house's rules as tests. */
@NullMarked
package dev.mainstay.sandbox.architecture;

import org.jspecify.annotations.NullMarked;
