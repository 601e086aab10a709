/** The steps of payroll: what is frozen, and how it is paid. */
@NullMarked
package dev.mainstay.activities.payroll;

import org.jspecify.annotations.NullMarked;
