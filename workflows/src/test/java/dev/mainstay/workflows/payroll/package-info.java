/** Payroll on a Temporal whose time the tests move. */
@NullMarked
package dev.mainstay.workflows.payroll;

import org.jspecify.annotations.NullMarked;
