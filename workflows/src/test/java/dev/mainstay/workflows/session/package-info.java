/** Tests of the top-up, on a Temporal whose time they move. */
@NullMarked
package dev.mainstay.workflows.session;

import org.jspecify.annotations.NullMarked;
