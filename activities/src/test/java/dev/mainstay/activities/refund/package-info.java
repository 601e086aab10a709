/** The steps of a refund, on a real PostgreSQL. */
@NullMarked
package dev.mainstay.activities.refund;

import org.jspecify.annotations.NullMarked;
