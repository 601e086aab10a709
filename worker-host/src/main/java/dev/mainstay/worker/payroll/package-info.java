/** Payroll's modules. */
@NullMarked
package dev.mainstay.worker.payroll;

import org.jspecify.annotations.NullMarked;
