/** Payroll's steps on a real database. */
@NullMarked
package dev.mainstay.activities.payroll;

import org.jspecify.annotations.NullMarked;
