/** Payroll: previews, runs and their approval, payouts and their receipts. */
@NullMarked
package dev.mainstay.api.payroll;

import org.jspecify.annotations.NullMarked;
