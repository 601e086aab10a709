/** The steps of a purchase on the database. */
@NullMarked
package dev.mainstay.activities.purchase;

import org.jspecify.annotations.NullMarked;
