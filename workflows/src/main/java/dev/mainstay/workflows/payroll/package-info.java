/** Payroll: what vendors have earned is frozen, approved where that is demanded, and paid once. */
@NullMarked
package dev.mainstay.workflows.payroll;

import org.jspecify.annotations.NullMarked;
