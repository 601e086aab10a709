/** Tests of how a host serves payroll. */
@NullMarked
package dev.mainstay.worker.payroll;

import org.jspecify.annotations.NullMarked;
