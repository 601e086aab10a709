package dev.mainstay.api.worker;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;
import static dev.mainstay.api.access.Role.STARTER;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.request.ReasonRequest;
import dev.mainstay.api.schedule.ScheduleService;
import dev.mainstay.api.schedule.TriggerResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/workers")
class WorkerController {

  private final WorkerQueries workers;
  private final ScheduleService schedules;

  WorkerController(WorkerQueries workers, ScheduleService schedules) {
    this.workers = workers;
    this.schedules = schedules;
  }

  @Operation(
      summary =
          "Shows each process, its last run and its next, each worker host, and events that are not acted on")
  @ApiResponse(responseCode = "200", description = "The health", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/health", produces = "application/json")
  WorkersHealth health() {
    return workers.health();
  }

  @Operation(summary = "Runs a scheduled process now, unless it is already running")
  @ApiResponse(
      responseCode = "200",
      description = "The run that was open already",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "202",
      description = "The run that was started",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = "The process is off")
  @Allowed(OPERATOR)
  @PostMapping(
      path = "/{worker}/trigger",
      consumes = "application/json",
      produces = "application/json")
  ResponseEntity<TriggerResponse> trigger(
      @PathVariable @Size(max = 100) String worker,
      @RequestBody(required = false) @Nullable ReasonRequest body,
      Caller caller) {
    String reason = body == null ? null : body.reason();
    TriggerResponse triggered = schedules.trigger(worker, reason, caller);
    return ResponseEntity.status(triggered.joined() ? HttpStatus.OK : HttpStatus.ACCEPTED)
        .body(triggered);
  }
}
