/** The statuses agree with the tables. */
@NullMarked
package dev.mainstay.db.purchase;

import org.jspecify.annotations.NullMarked;
