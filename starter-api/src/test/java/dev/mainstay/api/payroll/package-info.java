/** Tests that hold payroll's periods to the database's. */
@NullMarked
package dev.mainstay.api.payroll;

import org.jspecify.annotations.NullMarked;
