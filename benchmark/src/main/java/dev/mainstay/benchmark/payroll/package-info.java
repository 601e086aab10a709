/** Payroll, beside the one SQL statement that computes the same sums, and beside its own limit. */
@NullMarked
package dev.mainstay.benchmark.payroll;

import org.jspecify.annotations.NullMarked;
