/** Vendors: who delivers and is paid. */
@NullMarked
package dev.mainstay.api.vendor;

import org.jspecify.annotations.NullMarked;
