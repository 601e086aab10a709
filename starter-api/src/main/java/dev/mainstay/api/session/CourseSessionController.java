package dev.mainstay.api.session;

import static java.util.Objects.requireNonNullElseGet;

import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.correlation.RequestCorrelation;
import dev.mainstay.api.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sessions")
class CourseSessionController {

  private static final String KEY = "The caller's own name for this request";

  private final CourseSessionService desk;
  private final CourseSessionQueries reader;

  CourseSessionController(CourseSessionService desk, CourseSessionQueries reader) {
    this.desk = desk;
    this.reader = reader;
  }

  @Operation(summary = "Shows a course session")
  @ApiResponse(responseCode = "200", description = "The session", useReturnTypeSchema = true)
  @GetMapping(path = "/{id}", produces = "application/json")
  CourseSession find(@PathVariable UUID id, @AuthenticationPrincipal ApiClient client) {
    return reader.find(id, client).orElseThrow(() -> Refusal.notFound("session"));
  }

  @Operation(summary = "Says that a course session was given; the last one completes the purchase")
  @ApiResponse(responseCode = "200", description = "It is completed", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = "It has not begun, or is completed or cancelled")
  @PostMapping(path = "/{id}/complete", produces = "application/json")
  CourseSession complete(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable CourseSessionCompleteRequest completion,
      @RequestHeader(name = "Idempotency-Key", required = false)
          @Parameter(description = KEY)
          @Size(min = 1, max = 255)
          @Nullable String idempotencyKey,
      @AuthenticationPrincipal ApiClient client,
      HttpServletRequest request) {
    CourseSessionCompleteRequest given =
        requireNonNullElseGet(completion, () -> new CourseSessionCompleteRequest(null));
    return desk.complete(
        id, given, new Caller(client, idempotencyKey, RequestCorrelation.id(request)));
  }

  @Operation(summary = "Says that a course session will not be given; the top-up makes it up")
  @ApiResponse(responseCode = "200", description = "It is cancelled", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = "It is completed or cancelled")
  @PostMapping(path = "/{id}/cancel", consumes = "application/json", produces = "application/json")
  CourseSession cancel(
      @PathVariable UUID id,
      @RequestBody CourseSessionCancelRequest cancellation,
      @RequestHeader(name = "Idempotency-Key", required = false)
          @Parameter(description = KEY)
          @Size(min = 1, max = 255)
          @Nullable String idempotencyKey,
      @AuthenticationPrincipal ApiClient client,
      HttpServletRequest request) {
    return desk.cancel(
        id, cancellation, new Caller(client, idempotencyKey, RequestCorrelation.id(request)));
  }

  @Operation(summary = "Moves a course session to another time")
  @ApiResponse(responseCode = "200", description = "It is moved", useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description = "It is completed or cancelled, or cannot be given at that time")
  @PostMapping(
      path = "/{id}/reschedule",
      consumes = "application/json",
      produces = "application/json")
  CourseSession reschedule(
      @PathVariable UUID id,
      @RequestBody CourseSessionRescheduleRequest move,
      @RequestHeader(name = "Idempotency-Key", required = false)
          @Parameter(description = KEY)
          @Size(min = 1, max = 255)
          @Nullable String idempotencyKey,
      @AuthenticationPrincipal ApiClient client,
      HttpServletRequest request) {
    return desk.reschedule(
        id, move, new Caller(client, idempotencyKey, RequestCorrelation.id(request)));
  }
}
