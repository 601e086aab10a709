/** Tests of pages, on a Temporal whose time they move. */
@NullMarked
package dev.mainstay.workflows.page;

import org.jspecify.annotations.NullMarked;
