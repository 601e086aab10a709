/** What refunds do on our own database, and ask of the payment's provider. */
@NullMarked
package dev.mainstay.activities.refund;

import org.jspecify.annotations.NullMarked;
