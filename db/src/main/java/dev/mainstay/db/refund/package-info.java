/** The database's refund statuses, in Java. */
@NullMarked
package dev.mainstay.db.refund;

import org.jspecify.annotations.NullMarked;
