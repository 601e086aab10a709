package dev.mainstay.api.booking;

import static java.util.Objects.requireNonNullElseGet;

import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.access.Caller;
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
@RequestMapping(BookingController.PATH)
class BookingController {

  static final String PATH = "/api/v1/bookings";

  private static final String KEY = "The caller's own name for this request";

  private final BookingService desk;
  private final BookingQueries reader;

  BookingController(BookingService desk, BookingQueries reader) {
    this.desk = desk;
    this.reader = reader;
  }

  @Operation(summary = "Takes a booking in, and tells customer and vendor of it")
  @ApiResponse(
      responseCode = "202",
      description = "Taken in, now or before",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = "The Idempotency-Key stands for something else")
  @PostMapping(consumes = "application/json", produces = "application/json")
  ResponseEntity<BookingAcceptedResponse> take(
      @RequestBody BookingRequest order,
      @RequestHeader(name = "Idempotency-Key", required = false)
          @Parameter(description = KEY)
          @Size(min = 1, max = 255)
          @Nullable String idempotencyKey,
      @AuthenticationPrincipal ApiClient client,
      HttpServletRequest request) {
    BookingAcceptedResponse answer =
        desk.take(order, new Caller(client, idempotencyKey, RequestCorrelation.id(request)));
    return ResponseEntity.accepted().location(URI.create(PATH + "/" + answer.id())).body(answer);
  }

  @Operation(summary = "Shows a booking")
  @ApiResponse(responseCode = "200", description = "The booking", useReturnTypeSchema = true)
  @GetMapping(path = "/{id}", produces = "application/json")
  Booking find(@PathVariable UUID id, @AuthenticationPrincipal ApiClient client) {
    return reader.find(id, client).orElseThrow(() -> Refusal.notFound("booking"));
  }

  @Operation(summary = "Lists bookings in the order in which they were taken in")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @GetMapping(produces = "application/json")
  Page<Booking> list(
      @Valid @ParameterObject BookingQuery query,
      @Valid @ParameterObject PageQuery page,
      @AuthenticationPrincipal ApiClient client) {
    return reader.list(query, page, client);
  }

  @Operation(summary = "Says that a booking was paid; it may be completed already")
  @ApiResponse(responseCode = "200", description = "It is paid", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = "It is cancelled, or paid at another time")
  @PostMapping(path = "/{id}/pay", produces = "application/json")
  Booking pay(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable BookingPayRequest payment,
      @RequestHeader(name = "Idempotency-Key", required = false)
          @Parameter(description = KEY)
          @Size(min = 1, max = 255)
          @Nullable String idempotencyKey,
      @AuthenticationPrincipal ApiClient client,
      HttpServletRequest request) {
    BookingPayRequest given = requireNonNullElseGet(payment, () -> new BookingPayRequest(null));
    return desk.pay(id, given, new Caller(client, idempotencyKey, RequestCorrelation.id(request)));
  }

  @Operation(summary = "Says that a booking was delivered, which earns")
  @ApiResponse(responseCode = "200", description = "It is completed", useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description = "It is cancelled, or was delivered at another time")
  @PostMapping(path = "/{id}/complete", produces = "application/json")
  Booking complete(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable BookingCompleteRequest completion,
      @RequestHeader(name = "Idempotency-Key", required = false)
          @Parameter(description = KEY)
          @Size(min = 1, max = 255)
          @Nullable String idempotencyKey,
      @AuthenticationPrincipal ApiClient client,
      HttpServletRequest request) {
    BookingCompleteRequest given =
        requireNonNullElseGet(completion, () -> new BookingCompleteRequest(null));
    return desk.complete(
        id, given, new Caller(client, idempotencyKey, RequestCorrelation.id(request)));
  }

  @Operation(summary = "Says that a booking will not be delivered, and tells customer and vendor")
  @ApiResponse(responseCode = "200", description = "It is cancelled", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = "It is completed")
  @PostMapping(path = "/{id}/cancel", consumes = "application/json", produces = "application/json")
  Booking cancel(
      @PathVariable UUID id,
      @RequestBody BookingCancelRequest cancellation,
      @RequestHeader(name = "Idempotency-Key", required = false)
          @Parameter(description = KEY)
          @Size(min = 1, max = 255)
          @Nullable String idempotencyKey,
      @AuthenticationPrincipal ApiClient client,
      HttpServletRequest request) {
    return desk.cancel(
        id, cancellation, new Caller(client, idempotencyKey, RequestCorrelation.id(request)));
  }
}
