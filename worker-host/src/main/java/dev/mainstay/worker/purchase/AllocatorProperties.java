package dev.mainstay.worker.purchase;

import dev.mainstay.workflows.purchase.PurchaseSteps.Allocator;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who gives students their trainers. A purchase keeps to the one it was created with.
 *
 * @param kind {@code built-in}: our own step, on what we know of the trainers; {@code
 *     admin-service}: an HTTP service of the marketplace
 * @param adminServiceUrl where that service is, without {@code /allocations}; purchases created
 *     with it are served as long as it is set
 */
@Validated
@ConfigurationProperties("mainstay.allocator")
record AllocatorProperties(
    @DefaultValue("built-in") @NotNull Allocator kind,
    @DefaultValue("") @NotNull @Pattern(regexp = "(https?://\\S+)?") String adminServiceUrl) {

  /** Else nobody could be asked. */
  @AssertTrue(message = "admin-service-url (ADMIN_SERVICE_URL) must be set with kind admin-service")
  boolean isThereSomebodyToAsk() {
    return kind != Allocator.ADMIN_SERVICE || hasAdminService();
  }

  boolean hasAdminService() {
    return !adminServiceUrl.isBlank();
  }
}
