/** Purchases, beside the same steps as five remote activities. */
@NullMarked
package dev.mainstay.benchmark.purchase;

import org.jspecify.annotations.NullMarked;
