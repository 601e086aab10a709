/** The events of the product, in order, for the marketplace to follow. */
@NullMarked
package dev.mainstay.api.event;

import org.jspecify.annotations.NullMarked;
