/** Payroll's workflows with time moved. */
@NullMarked
package dev.mainstay.workflows.payroll;

import org.jspecify.annotations.NullMarked;
