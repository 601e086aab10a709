package dev.mainstay.api.purchase;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A filter of purchases; null fields do not filter.
 *
 * @param payment the provider's id of the payment
 */
record PurchaseQuery(
    @Parameter(description = "Only of this student") @Nullable UUID student,
    @Parameter(description = "Only of the payment with this providerPaymentId")
        @Size(min = 1, max = 100)
        @Pattern(regexp = "\\P{Cntrl}*", message = "has control characters")
        @Nullable String payment,
    @Parameter(description = "Only in this status") @Nullable Status status) {

  /** The statuses of a purchase, as a query spells them. */
  enum Status {
    pending,
    active,
    attention,
    refunded,
    cancelled,
    completed
  }
}
