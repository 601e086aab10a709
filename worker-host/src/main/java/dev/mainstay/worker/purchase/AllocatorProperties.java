package dev.mainstay.worker.purchase;

import dev.mainstay.workflows.purchase.PurchaseSteps.Allocator;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.allocator}: how students get their trainers. A purchase keeps the allocator with
 * which it was created.
 *
 * @param kind {@code built-in}: the product's own step allocates trainers. {@code admin-service}:
 *     an HTTP service of the marketplace allocates them.
 * @param adminServiceUrl Address of the admin service, without {@code /allocations}. Purchases
 *     created with the service are served only while this is set.
 */
@Validated
@ConfigurationProperties("mainstay.allocator")
record AllocatorProperties(
    @DefaultValue("built-in") @NotNull Allocator kind,
    @DefaultValue("") @NotNull @Pattern(regexp = "(https?://\\S+)?") String adminServiceUrl) {

  /** Otherwise there would be no service to ask. */
  @AssertTrue(message = "admin-service-url (ADMIN_SERVICE_URL) must be set with kind admin-service")
  boolean isThereSomebodyToAsk() {
    return kind != Allocator.ADMIN_SERVICE || hasAdminService();
  }

  boolean hasAdminService() {
    return !adminServiceUrl.isBlank();
  }
}
