/** The steps of a purchase, on a real PostgreSQL. */
@NullMarked
package dev.mainstay.activities.purchase;

import org.jspecify.annotations.NullMarked;
