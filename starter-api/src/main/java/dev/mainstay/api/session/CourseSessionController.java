package dev.mainstay.api.session;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;
import static dev.mainstay.api.access.Role.STARTER;
import static java.util.Objects.requireNonNullElseGet;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.access.Idempotent;
import dev.mainstay.api.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sessions")
class CourseSessionController {

  private final CourseSessionService service;
  private final CourseSessionQueries sessions;

  CourseSessionController(CourseSessionService service, CourseSessionQueries sessions) {
    this.service = service;
    this.sessions = sessions;
  }

  @Operation(summary = "Shows a course session")
  @ApiResponse(responseCode = "200", description = "The session", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/{id}", produces = "application/json")
  CourseSession find(@PathVariable UUID id, Caller caller) {
    return sessions.find(id, caller.client()).orElseThrow(() -> Refusal.notFound("session"));
  }

  @Operation(summary = "Completes a course session; the last one completes the purchase")
  @ApiResponse(responseCode = "200", description = "It is completed", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = "It has not begun, or is completed or cancelled")
  @Allowed({STARTER, OPERATOR})
  @Idempotent
  @PostMapping(path = "/{id}/complete", produces = "application/json")
  CourseSession complete(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable CourseSessionCompleteRequest completion,
      Caller caller) {
    CourseSessionCompleteRequest given =
        requireNonNullElseGet(completion, () -> new CourseSessionCompleteRequest(null));
    return service.complete(id, given, caller);
  }

  @Operation(summary = "Cancels a course session; the top-up schedules a replacement")
  @ApiResponse(responseCode = "200", description = "It is cancelled", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = "It is completed or cancelled")
  @Allowed({STARTER, OPERATOR})
  @Idempotent
  @PostMapping(path = "/{id}/cancel", consumes = "application/json", produces = "application/json")
  CourseSession cancel(
      @PathVariable UUID id, @RequestBody CourseSessionCancelRequest cancellation, Caller caller) {
    return service.cancel(id, cancellation, caller);
  }

  @Operation(summary = "Moves a course session to another time")
  @ApiResponse(responseCode = "200", description = "It is moved", useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description = "The session is completed or cancelled, or cannot take place at that time")
  @Allowed({STARTER, OPERATOR})
  @Idempotent
  @PostMapping(
      path = "/{id}/reschedule",
      consumes = "application/json",
      produces = "application/json")
  CourseSession reschedule(
      @PathVariable UUID id, @RequestBody CourseSessionRescheduleRequest move, Caller caller) {
    return service.reschedule(id, move, caller);
  }
}
