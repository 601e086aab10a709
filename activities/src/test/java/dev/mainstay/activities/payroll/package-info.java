/** Payroll on a real PostgreSQL. */
@NullMarked
package dev.mainstay.activities.payroll;

import org.jspecify.annotations.NullMarked;
