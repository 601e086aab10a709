/** What the database says of payroll, in Java. */
@NullMarked
package dev.mainstay.db.payroll;

import org.jspecify.annotations.NullMarked;
