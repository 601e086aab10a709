/** Looks up payments that a client asserts, and records that they were received. */
@NullMarked
package dev.mainstay.activities.payment;

import org.jspecify.annotations.NullMarked;
