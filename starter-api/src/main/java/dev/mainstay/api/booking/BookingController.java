package dev.mainstay.api.booking;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;
import static dev.mainstay.api.access.Role.PAYMENTS;
import static dev.mainstay.api.access.Role.STARTER;
import static java.util.Objects.requireNonNullElseGet;

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
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(BookingController.PATH)
class BookingController {

  static final String PATH = "/api/v1/bookings";

  private final BookingService service;
  private final BookingQueries bookings;

  BookingController(BookingService service, BookingQueries bookings) {
    this.service = service;
    this.bookings = bookings;
  }

  @Operation(summary = "Creates a booking, and notifies customer and vendor")
  @ApiResponse(
      responseCode = "202",
      description = "Accepted, now or earlier",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description = "The Idempotency-Key was used for another request")
  @Allowed({STARTER, OPERATOR})
  @Idempotent
  @PostMapping(consumes = "application/json", produces = "application/json")
  ResponseEntity<BookingAcceptedResponse> create(@RequestBody BookingRequest body, Caller caller) {
    BookingAcceptedResponse answer = service.create(body, caller);
    return ResponseEntity.accepted().location(URI.create(PATH + "/" + answer.id())).body(answer);
  }

  @Operation(summary = "Shows a booking")
  @ApiResponse(responseCode = "200", description = "The booking", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/{id}", produces = "application/json")
  Booking find(@PathVariable UUID id, Caller caller) {
    return bookings.find(id, caller.client()).orElseThrow(() -> Refusal.notFound("booking"));
  }

  @Operation(summary = "Lists bookings in the order in which they were created")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(produces = "application/json")
  Page<Booking> list(
      @Valid @ParameterObject BookingQuery query,
      @Valid @ParameterObject PageQuery page,
      Caller caller) {
    return bookings.list(query, page, caller.client());
  }

  @Operation(summary = "Marks a booking as paid; it may be completed already")
  @ApiResponse(responseCode = "200", description = "It is paid", useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description =
          "The booking is cancelled or was paid otherwise, or the payment was used before")
  @Allowed(PAYMENTS)
  @Idempotent
  @PostMapping(path = "/{id}/pay", produces = "application/json")
  Booking pay(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable BookingPayRequest payment,
      Caller caller) {
    BookingPayRequest given =
        requireNonNullElseGet(payment, () -> new BookingPayRequest(null, null, null));
    return service.pay(id, given, caller);
  }

  @Operation(summary = "Completes a booking, which adds to the vendor's earnings")
  @ApiResponse(responseCode = "200", description = "It is completed", useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description = "The booking is cancelled, or was delivered at another time")
  @Allowed({STARTER, OPERATOR})
  @Idempotent
  @PostMapping(path = "/{id}/complete", produces = "application/json")
  Booking complete(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable BookingCompleteRequest completion,
      Caller caller) {
    BookingCompleteRequest given =
        requireNonNullElseGet(completion, () -> new BookingCompleteRequest(null));
    return service.complete(id, given, caller);
  }

  @Operation(summary = "Cancels a booking, and notifies customer and vendor")
  @ApiResponse(responseCode = "200", description = "It is cancelled", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = "It is completed")
  @Allowed({STARTER, OPERATOR})
  @Idempotent
  @PostMapping(path = "/{id}/cancel", consumes = "application/json", produces = "application/json")
  Booking cancel(
      @PathVariable UUID id, @RequestBody BookingCancelRequest cancellation, Caller caller) {
    return service.cancel(id, cancellation, caller);
  }
}
