/** The statuses of payroll against the schema's. */
@NullMarked
package dev.mainstay.db.payroll;

import org.jspecify.annotations.NullMarked;
