/** Payroll runs on a test server, with steps that do what a test tells them. */
@NullMarked
package dev.mainstay.workflows.payroll;

import org.jspecify.annotations.NullMarked;
