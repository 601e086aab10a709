package dev.mainstay.api.purchase;

import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.correlation.RequestCorrelation;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(PurchaseController.PATH)
class PurchaseController {

  static final String PATH = "/api/v1/purchases";

  private final PurchaseService desk;
  private final PurchaseQueries reader;

  PurchaseController(PurchaseService desk, PurchaseQueries reader) {
    this.desk = desk;
    this.reader = reader;
  }

  @Operation(summary = "Starts a purchase without Stripe")
  @ApiResponse(
      responseCode = "202",
      description = "Taken in, now or before",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description = "The payment or the Idempotency-Key stands for something else")
  @PostMapping(consumes = "application/json", produces = "application/json")
  ResponseEntity<PurchaseAcceptedResponse> take(
      @RequestBody PurchaseRequest order,
      @RequestHeader(name = "Idempotency-Key", required = false)
          @Parameter(description = "The caller's own name for this request")
          @Size(min = 1, max = 255)
          @Nullable String idempotencyKey,
      @AuthenticationPrincipal ApiClient client,
      HttpServletRequest request) {
    PurchaseAcceptedResponse answer =
        desk.take(order, idempotencyKey, client, RequestCorrelation.id(request));
    return ResponseEntity.accepted().location(URI.create(PATH + "/" + answer.id())).body(answer);
  }

  @Operation(summary = "Shows a purchase with its trainer, sessions and what waits for an operator")
  @ApiResponse(responseCode = "200", description = "The purchase", useReturnTypeSchema = true)
  @GetMapping(path = "/{id}", produces = "application/json")
  Purchase find(@PathVariable UUID id, @AuthenticationPrincipal ApiClient client) {
    return reader.find(id, client).orElseThrow(() -> Refusal.notFound("purchase"));
  }

  @Operation(summary = "Lists purchases in the order in which they were taken in")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @GetMapping(produces = "application/json")
  Page<Purchase> list(
      @Valid @ParameterObject PurchaseQuery query,
      @Valid @ParameterObject PageQuery page,
      @AuthenticationPrincipal ApiClient client) {
    return reader.list(query, page, client);
  }
}
