package dev.mainstay.api.event;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;
import static dev.mainstay.api.access.Role.STARTER;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EventController {

  private final EventQueries events;

  EventController(EventQueries events) {
    this.events = events;
  }

  @Operation(
      summary = "Lists events in the order in which they happened",
      description =
          "Continue with `after` = `next`: immediately while `next` changes, after a pause when it is the"
              + " same. No event is ever inserted before one that was read.")
  @ApiResponse(
      responseCode = "200",
      description = "The events that follow",
      useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/api/v1/events", produces = "application/json")
  EventPage list(@Valid @ParameterObject EventQuery query, Caller caller) {
    return events.read(query, caller.client());
  }
}
