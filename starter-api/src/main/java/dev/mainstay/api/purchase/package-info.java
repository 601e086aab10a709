/** Purchases: accepted once, read and listed by their facts. */
@NullMarked
package dev.mainstay.api.purchase;

import org.jspecify.annotations.NullMarked;
