/** Rules that all workflows keep. */
@NullMarked
package dev.mainstay.workflows;

import org.jspecify.annotations.NullMarked;
