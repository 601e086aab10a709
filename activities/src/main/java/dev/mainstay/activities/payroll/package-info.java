/** The steps of payroll. */
@NullMarked
package dev.mainstay.activities.payroll;

import org.jspecify.annotations.NullMarked;
