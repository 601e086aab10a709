/** Payroll, as a worker host serves it. */
@NullMarked
package dev.mainstay.worker.payroll;

import org.jspecify.annotations.NullMarked;
