/** The steps of refunds: on our own database, and at the payment's provider. */
@NullMarked
package dev.mainstay.activities.refund;

import org.jspecify.annotations.NullMarked;
