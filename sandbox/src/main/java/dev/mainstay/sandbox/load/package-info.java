/** Purchases sent to a running sandbox at a rate or in a flood, measured and checked. */
@NullMarked
package dev.mainstay.sandbox.load;

import org.jspecify.annotations.NullMarked;
