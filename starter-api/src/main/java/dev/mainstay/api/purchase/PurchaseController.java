package dev.mainstay.api.purchase;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;
import static dev.mainstay.api.access.Role.PAYMENTS;
import static dev.mainstay.api.access.Role.STARTER;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.access.Idempotent;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(PurchaseController.PATH)
class PurchaseController {

  static final String PATH = "/api/v1/purchases";

  private final PurchaseService service;
  private final PurchaseQueries purchases;

  PurchaseController(PurchaseService service, PurchaseQueries purchases) {
    this.service = service;
    this.purchases = purchases;
  }

  @Operation(summary = "Starts a purchase without Stripe")
  @ApiResponse(
      responseCode = "202",
      description = "Accepted, now or earlier",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description =
          "The payment was taken in for another student, course, amount or currency, or the Idempotency-Key was used for"
              + " another request")
  @Allowed(PAYMENTS)
  @Idempotent
  @PostMapping(consumes = "application/json", produces = "application/json")
  ResponseEntity<PurchaseAcceptedResponse> create(
      @RequestBody PurchaseRequest body, Caller caller) {
    PurchaseAcceptedResponse answer = service.create(body, caller);
    return ResponseEntity.accepted().location(URI.create(PATH + "/" + answer.id())).body(answer);
  }

  @Operation(summary = "Shows a purchase with its trainer, sessions and attention items")
  @ApiResponse(responseCode = "200", description = "The purchase", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/{id}", produces = "application/json")
  Purchase find(@PathVariable UUID id, Caller caller) {
    return purchases.find(id, caller.client()).orElseThrow(() -> Refusal.notFound("purchase"));
  }

  @Operation(summary = "Lists purchases in the order in which they were accepted")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(produces = "application/json")
  Page<Purchase> list(
      @Valid @ParameterObject PurchaseQuery query,
      @Valid @ParameterObject PageQuery page,
      Caller caller) {
    return purchases.list(query, page, caller.client());
  }
}
