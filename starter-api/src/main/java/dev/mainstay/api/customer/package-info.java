/** Customers: who buys. */
@NullMarked
package dev.mainstay.api.customer;

import org.jspecify.annotations.NullMarked;
