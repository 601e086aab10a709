package dev.mainstay.api.customer;

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
import java.util.List;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/customers")
class CustomerController {

  private final Customers customers;
  private final Consents consents;
  private final ErasureService erasures;

  CustomerController(Customers customers, Consents consents, ErasureService erasures) {
    this.customers = customers;
    this.consents = consents;
    this.erasures = erasures;
  }

  @Operation(summary = "Creates or replaces a customer under the caller's own id")
  @ApiResponse(
      responseCode = "200",
      description = "The stored customer",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "410", description = "The customer was erased")
  @Allowed({STARTER, OPERATOR})
  @PutMapping(path = "/{id}", consumes = "application/json", produces = "application/json")
  Customer put(@PathVariable UUID id, @RequestBody CustomerRequest details) {
    return customers.put(id, details);
  }

  @Operation(summary = "Shows a customer")
  @ApiResponse(responseCode = "200", description = "The customer", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "410", description = "The customer was erased")
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/{id}", produces = "application/json")
  Customer find(@PathVariable UUID id) {
    return customers.find(id).orElseThrow(() -> Refusal.notFound("customer"));
  }

  @Operation(summary = "Lists customers in the order of their ids")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(produces = "application/json")
  Page<Customer> list(@Valid @ParameterObject PageQuery page) {
    return customers.list(page);
  }

  @Operation(
      summary = "Replaces a customer's consents; a consent that is not in the list is removed")
  @ApiResponse(
      responseCode = "200",
      description = "The customer's consents",
      useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR})
  @PutMapping(path = "/{id}/consents", consumes = "application/json", produces = "application/json")
  List<Consent> putConsents(@PathVariable UUID id, @RequestBody List<Consent> given) {
    return consents.put(id, given);
  }

  @Operation(summary = "Shows a customer's consents")
  @ApiResponse(
      responseCode = "200",
      description = "The customer's consents",
      useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/{id}/consents", produces = "application/json")
  List<Consent> consents(@PathVariable UUID id) {
    return consents.of(id);
  }

  @Operation(
      summary = "Erases a customer's personal data permanently",
      description =
          "Payments stay, under the id. Returns the certificate; a repeated call returns the same one.")
  @ApiResponse(
      responseCode = "200",
      description = "Erased, now or earlier",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description = "The processes in `open` still need the customer and must end first")
  @Allowed(OPERATOR)
  @DeleteMapping(path = "/{id}", produces = "application/json")
  Erasure erase(@PathVariable UUID id, Caller caller) {
    return erasures.erase(id, caller);
  }

  @Operation(summary = "Shows the result of a customer's erasure")
  @ApiResponse(responseCode = "200", description = "The certificate", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/{id}/erasure", produces = "application/json")
  Erasure erasure(@PathVariable UUID id) {
    return erasures.find(id).orElseThrow(() -> Refusal.notFound("erasure"));
  }
}
