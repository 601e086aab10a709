package dev.mainstay.api.vendor;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;
import static dev.mainstay.api.access.Role.STARTER;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/vendors")
class VendorController {

  private final Vendors vendors;
  private final PayoutAccounts accounts;

  VendorController(Vendors vendors, PayoutAccounts accounts) {
    this.vendors = vendors;
    this.accounts = accounts;
  }

  @Operation(summary = "Creates or replaces a vendor under the caller's own id")
  @ApiResponse(responseCode = "200", description = "The stored vendor", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR})
  @PutMapping(path = "/{id}", consumes = "application/json", produces = "application/json")
  Vendor put(@PathVariable UUID id, @RequestBody VendorRequest details, Caller caller) {
    return vendors.put(id, details, caller);
  }

  @Operation(
      summary = "Sets the account that a vendor is paid to",
      description =
          "An operator or finance sets the first account. Only finance replaces it: payouts to the"
              + " new account are then carried for `mainstay.payroll.account-change-hold`, and"
              + " payouts that are frozen keep the old one.")
  @ApiResponse(
      responseCode = "200",
      description = "The vendor as it is kept",
      useReturnTypeSchema = true)
  @Allowed({OPERATOR, FINANCE})
  @PutMapping(
      path = "/{id}/payout-account",
      consumes = "application/json",
      produces = "application/json")
  Vendor putPayoutAccount(
      @PathVariable UUID id, @RequestBody PayoutAccountRequest request, Caller caller) {
    accounts.put(id, request.payoutAccount(), request.reason(), caller, () -> {});
    return find(id);
  }

  @Operation(summary = "Shows a vendor")
  @ApiResponse(responseCode = "200", description = "The vendor", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/{id}", produces = "application/json")
  Vendor find(@PathVariable UUID id) {
    return vendors.find(id).orElseThrow(() -> Refusal.notFound("vendor"));
  }

  @Operation(summary = "Lists vendors in the order of their ids")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(produces = "application/json")
  Page<Vendor> list(@Valid @ParameterObject PageQuery page) {
    return vendors.list(page);
  }
}
