package dev.mainstay.api.task;

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
import dev.mainstay.workflows.task.TaskType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
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
@RequestMapping(TaskController.PATH)
class TaskController {

  static final String PATH = "/api/v1/tasks";

  private final TaskService service;
  private final TaskQueries tasks;

  TaskController(TaskService service, TaskQueries tasks) {
    this.service = service;
    this.tasks = tasks;
  }

  @Operation(summary = "Starts a task for one customer")
  @ApiResponse(
      responseCode = "202",
      description = "Accepted, now or earlier",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description =
          "The feature in `feature` is off, or the Idempotency-Key was used for another request")
  @Allowed({STARTER, OPERATOR})
  @Idempotent
  @PostMapping(path = "/{type}", consumes = "application/json", produces = "application/json")
  ResponseEntity<TaskAcceptedResponse> create(
      @PathVariable
          @Parameter(
              schema =
                  @Schema(
                      allowableValues = {
                        "welcome-email",
                        "password-reset-email",
                        "user-data-export",
                        "user-report"
                      }))
          String type,
      @RequestBody TaskRequest body,
      Caller caller) {
    TaskType known = TaskType.of(type).orElseThrow(() -> Refusal.notFound("type of task"));
    TaskAcceptedResponse answer = service.create(known, body, caller);
    return ResponseEntity.accepted().location(URI.create(PATH + "/" + answer.id())).body(answer);
  }

  @Operation(summary = "Shows a task with the outcome of its mail")
  @ApiResponse(responseCode = "200", description = "The task", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/{id}", produces = "application/json")
  Task find(@PathVariable UUID id, Caller caller) {
    return tasks.find(id, caller.client()).orElseThrow(() -> Refusal.notFound("task"));
  }

  @Operation(summary = "Lists tasks in the order in which they were accepted")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(produces = "application/json")
  Page<Task> list(
      @Valid @ParameterObject TaskQuery query,
      @Valid @ParameterObject PageQuery page,
      Caller caller) {
    return tasks.list(query, page, caller.client());
  }
}
