package dev.mainstay.api.refund;

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
@RequestMapping("/api/v1/purchases/{id}")
class RefundController {

  private final RefundService desk;
  private final RefundQueries reader;

  RefundController(RefundService desk, RefundQueries reader) {
    this.desk = desk;
    this.reader = reader;
  }

  @Operation(summary = "Asks the payment's provider to give money back")
  @ApiResponse(
      responseCode = "202",
      description = "Taken in; the provider is asked next",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description =
          "Nothing is left to give back, the provider cannot be asked, or the Idempotency-Key stands for something else")
  @PostMapping(path = "/refund", consumes = "application/json", produces = "application/json")
  ResponseEntity<RefundAcceptedResponse> refund(
      @PathVariable UUID id,
      @RequestBody RefundRequest wish,
      @RequestHeader(name = "Idempotency-Key", required = false)
          @Parameter(description = "The caller's own name for this request")
          @Size(min = 1, max = 255)
          @Nullable String idempotencyKey,
      @AuthenticationPrincipal ApiClient client,
      HttpServletRequest request) {
    RefundAcceptedResponse answer =
        desk.take(id, wish, idempotencyKey, client, RequestCorrelation.id(request));
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/purchases/" + id + "/refunds/" + answer.id()))
        .body(answer);
  }

  @Operation(summary = "Shows a refund that was asked for")
  @ApiResponse(responseCode = "200", description = "The refund", useReturnTypeSchema = true)
  @GetMapping(path = "/refunds/{refundId}", produces = "application/json")
  RefundResponse find(
      @PathVariable UUID id,
      @PathVariable UUID refundId,
      @AuthenticationPrincipal ApiClient client) {
    return reader.find(id, refundId, client).orElseThrow(() -> Refusal.notFound("refund"));
  }

  @Operation(summary = "Lists the refunds that were asked for of a purchase, oldest first")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @GetMapping(path = "/refunds", produces = "application/json")
  Page<RefundResponse> list(
      @PathVariable UUID id,
      @Valid @ParameterObject PageQuery page,
      @AuthenticationPrincipal ApiClient client) {
    return reader.list(id, page, client);
  }
}
