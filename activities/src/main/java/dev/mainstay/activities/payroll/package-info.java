/** Payroll: what freezes, pays and tells vendors of it. */
@NullMarked
package dev.mainstay.activities.payroll;

import org.jspecify.annotations.NullMarked;
