/** The statuses of a purchase and of what hangs on it, as the tables have them. */
@NullMarked
package dev.mainstay.db.purchase;

import org.jspecify.annotations.NullMarked;
