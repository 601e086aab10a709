/** The database's payroll statuses, in Java. */
@NullMarked
package dev.mainstay.db.payroll;

import org.jspecify.annotations.NullMarked;
