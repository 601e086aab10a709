/** The house's rules as tests. */
@NullMarked
package dev.mainstay.worker.architecture;

import org.jspecify.annotations.NullMarked;
