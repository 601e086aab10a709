package dev.mainstay.api.schedule;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;
import static dev.mainstay.api.access.Role.STARTER;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.request.ReasonRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/schedules")
class ScheduleController {

  private static final String OFF =
      "The schedule's process is off, or Temporal does not have the schedule yet";

  private final ScheduleQueries schedules;
  private final ScheduleService service;

  ScheduleController(ScheduleQueries schedules, ScheduleService service) {
    this.schedules = schedules;
    this.service = service;
  }

  @Operation(summary = "Lists the schedules, with their state if Temporal is available")
  @ApiResponse(responseCode = "200", description = "All of them", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(produces = "application/json")
  Page<Schedule> list() {
    return new Page<>(schedules.all(), null);
  }

  @Operation(summary = "Shows a schedule, with its state if Temporal is available")
  @ApiResponse(responseCode = "200", description = "The schedule", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/{id}", produces = "application/json")
  Schedule find(@PathVariable @Size(max = 100) String id) {
    return schedules.find(id);
  }

  @Operation(summary = "Shows a schedule's next times, and the effect of daylight saving on them")
  @ApiResponse(responseCode = "200", description = "The preview", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = OFF)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/{id}/preview", produces = "application/json")
  SchedulePreview preview(
      @PathVariable @Size(max = 100) String id,
      @RequestParam(defaultValue = "12")
          @Parameter(description = "How many months to look ahead")
          @Min(1)
          @Max(12)
          int months) {
    return schedules.preview(id, months);
  }

  @Operation(summary = "Pauses a schedule, also across restarts and changes of its definition")
  @ApiResponse(responseCode = "200", description = "The schedule", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = OFF)
  @Allowed(OPERATOR)
  @PostMapping(path = "/{id}/pause", consumes = "application/json", produces = "application/json")
  Schedule pause(
      @PathVariable @Size(max = 100) String id, @RequestBody ReasonRequest body, Caller caller) {
    service.pause(id, body.reason(), caller);
    return schedules.find(id);
  }

  @Operation(summary = "Resumes a paused schedule")
  @ApiResponse(responseCode = "200", description = "The schedule", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = OFF)
  @Allowed(OPERATOR)
  @PostMapping(path = "/{id}/resume", consumes = "application/json", produces = "application/json")
  Schedule resume(
      @PathVariable @Size(max = 100) String id, @RequestBody ReasonRequest body, Caller caller) {
    service.resume(id, body.reason(), caller);
    return schedules.find(id);
  }

  @Operation(summary = "Runs a schedule now, unless one of its runs is open")
  @ApiResponse(
      responseCode = "200",
      description = "The run that was open already",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "202",
      description = "The run that was started",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = OFF)
  @Allowed(OPERATOR)
  @PostMapping(path = "/{id}/trigger", consumes = "application/json", produces = "application/json")
  ResponseEntity<TriggerResponse> trigger(
      @PathVariable @Size(max = 100) String id, @RequestBody ReasonRequest body, Caller caller) {
    TriggerResponse triggered = service.trigger(id, body.reason(), caller);
    return ResponseEntity.status(triggered.joined() ? HttpStatus.OK : HttpStatus.ACCEPTED)
        .body(triggered);
  }

  @Operation(summary = "Runs a schedule for past times, one run after the other")
  @ApiResponse(
      responseCode = "202",
      description = "The started backfill",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = OFF)
  @Allowed(OPERATOR)
  @PostMapping(
      path = "/{id}/backfill",
      consumes = "application/json",
      produces = "application/json")
  ResponseEntity<BackfillResponse> backfill(
      @PathVariable @Size(max = 100) String id, @RequestBody BackfillRequest body, Caller caller) {
    return ResponseEntity.accepted().body(service.backfill(id, body, caller));
  }
}
