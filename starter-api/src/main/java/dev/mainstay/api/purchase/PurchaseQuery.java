package dev.mainstay.api.purchase;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which purchases; what is null does not matter.
 *
 * @param payment the provider's id of the payment
 */
record PurchaseQuery(
    @Parameter(description = "Of this student") @Nullable UUID student,
    @Parameter(description = "Of the payment with this providerPaymentId")
        @Size(min = 1, max = 100)
        @Pattern(regexp = "\\P{Cntrl}*", message = "has control characters")
        @Nullable String payment,
    @Parameter(description = "In this status") @Nullable Status status) {

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
