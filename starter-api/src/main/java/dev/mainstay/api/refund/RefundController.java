package dev.mainstay.api.refund;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;
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
@RequestMapping("/api/v1/purchases/{id}")
class RefundController {

  private final RefundService service;
  private final RefundQueries refunds;

  RefundController(RefundService service, RefundQueries refunds) {
    this.service = service;
    this.refunds = refunds;
  }

  @Operation(summary = "Requests a refund from the payment's provider")
  @ApiResponse(
      responseCode = "202",
      description = "Accepted; the provider is asked next",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description =
          "Nothing is left to refund, the provider does not support refunds, or the Idempotency-Key"
              + " was used for another request")
  @Allowed({OPERATOR, FINANCE})
  @Idempotent
  @PostMapping(path = "/refund", consumes = "application/json", produces = "application/json")
  ResponseEntity<RefundAcceptedResponse> request(
      @PathVariable UUID id, @RequestBody RefundRequest body, Caller caller) {
    RefundAcceptedResponse answer = service.request(id, body, caller);
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/purchases/" + id + "/refunds/" + answer.id()))
        .body(answer);
  }

  @Operation(summary = "Shows a requested refund")
  @ApiResponse(responseCode = "200", description = "The refund", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/refunds/{refundId}", produces = "application/json")
  RefundResponse find(@PathVariable UUID id, @PathVariable UUID refundId, Caller caller) {
    return refunds
        .find(id, refundId, caller.client())
        .orElseThrow(() -> Refusal.notFound("refund"));
  }

  @Operation(summary = "Lists the requested refunds of a purchase, oldest first")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/refunds", produces = "application/json")
  Page<RefundResponse> list(
      @PathVariable UUID id, @Valid @ParameterObject PageQuery page, Caller caller) {
    return refunds.list(id, page, caller.client());
  }
}
