package dev.mainstay.api.attention;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.workflows.step.OperatorAction;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.time.InstantSource;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/attention")
class AttentionController {

  private static final String JSON = "application/json";
  private static final String RESOLVED = "The item, resolved";
  private static final String CONFLICT =
      "The item was resolved before, does not allow this action, or the process cannot perform it";

  private final AttentionQueries items;
  private final AttentionService service;
  private final BulkRetryService bulk;
  private final InstantSource clock;

  AttentionController(
      AttentionQueries items,
      AttentionService service,
      BulkRetryService bulk,
      InstantSource clock) {
    this.items = items;
    this.service = service;
    this.bulk = bulk;
    this.clock = clock;
  }

  @Operation(summary = "Lists attention items in the order in which they were opened")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({OPERATOR, FINANCE, AUDITOR})
  @GetMapping(produces = JSON)
  Page<AttentionItemResponse> list(
      @Valid @ParameterObject AttentionQuery query, @Valid @ParameterObject PageQuery page) {
    var now = clock.instant();
    return Page.of(
        items.list(query.condition(), page).stream()
            .map(row -> AttentionItemResponse.of(row, now))
            .toList(),
        page,
        AttentionItemResponse::id);
  }

  @Operation(summary = "Shows an attention item")
  @ApiResponse(responseCode = "200", description = "The item", useReturnTypeSchema = true)
  @Allowed({OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/{id}", produces = JSON)
  AttentionItemResponse find(@PathVariable UUID id) {
    return items
        .find(id)
        .map(row -> AttentionItemResponse.of(row, clock.instant()))
        .orElseThrow(() -> Refusal.notFound("attention item"));
  }

  @Operation(summary = "Retries the waiting step with all its attempts")
  @ApiResponse(responseCode = "200", description = RESOLVED, useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = CONFLICT)
  @Allowed(OPERATOR)
  @PostMapping(path = "/{id}/retry", consumes = JSON, produces = JSON)
  AttentionItemResponse retry(
      @PathVariable UUID id, @RequestBody OperatorRequest.Plain body, Caller caller) {
    return act(id, OperatorAction.RETRY, body, caller);
  }

  @Operation(summary = "Skips the waiting step, if the step allows that")
  @ApiResponse(responseCode = "200", description = RESOLVED, useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = CONFLICT)
  @Allowed(OPERATOR)
  @PostMapping(path = "/{id}/skip", consumes = JSON, produces = JSON)
  AttentionItemResponse skip(
      @PathVariable UUID id, @RequestBody OperatorRequest.Plain body, Caller caller) {
    return act(id, OperatorAction.SKIP, body, caller);
  }

  @Operation(summary = "Cancels the waiting process")
  @ApiResponse(responseCode = "200", description = RESOLVED, useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = CONFLICT)
  @Allowed(OPERATOR)
  @PostMapping(path = "/{id}/cancel", consumes = JSON, produces = JSON)
  AttentionItemResponse cancel(
      @PathVariable UUID id, @RequestBody OperatorRequest.Cancellation body, Caller caller) {
    return act(id, OperatorAction.CANCEL, body, caller);
  }

  @Operation(summary = "Assigns a trainer to a purchase that waits for one")
  @ApiResponse(responseCode = "200", description = RESOLVED, useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = CONFLICT)
  @Allowed(OPERATOR)
  @PostMapping(path = "/{id}/assign-trainer", consumes = JSON, produces = JSON)
  AttentionItemResponse assignTrainer(
      @PathVariable UUID id, @RequestBody OperatorRequest.TrainerAssignment body, Caller caller) {
    return act(id, OperatorAction.ASSIGN_TRAINER, body, caller);
  }

  @Operation(
      summary =
          "Records unknown transfers as the payments of the payouts of the run that they hold",
      description =
          "Each has to be of the account, the currency and the amount of its payout: otherwise"
              + " nothing changes.")
  @ApiResponse(responseCode = "200", description = RESOLVED, useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = CONFLICT + ", or a transfer differs")
  @Allowed(FINANCE)
  @PostMapping(path = "/{id}/adopt", consumes = JSON, produces = JSON)
  AttentionItemResponse adopt(
      @PathVariable UUID id, @RequestBody OperatorRequest.TransferDecision body, Caller caller) {
    return decide(id, OperatorAction.ADOPT, body, caller);
  }

  @Operation(
      summary = "Decides that unknown transfers paid no payout of the run that they hold",
      description = "The run pays its payouts all the same.")
  @ApiResponse(responseCode = "200", description = RESOLVED, useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = CONFLICT)
  @Allowed(FINANCE)
  @PostMapping(path = "/{id}/not-ours", consumes = JSON, produces = JSON)
  AttentionItemResponse notOurs(
      @PathVariable UUID id, @RequestBody OperatorRequest.TransferDecision body, Caller caller) {
    return decide(id, OperatorAction.NOT_OURS, body, caller);
  }

  @Operation(summary = "Starts a process again whose run was lost")
  @ApiResponse(responseCode = "200", description = RESOLVED, useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description =
          "The item was resolved before, does not allow this action, or the process is over or was started again")
  @Allowed(OPERATOR)
  @PostMapping(path = "/{id}/restart", consumes = JSON, produces = JSON)
  AttentionItemResponse restart(
      @PathVariable UUID id, @RequestBody OperatorRequest.Plain body, Caller caller) {
    return act(id, OperatorAction.RESTART, body, caller);
  }

  @Operation(summary = "Retries the items that match a filter, no faster than the configured rate")
  @ApiResponse(
      responseCode = "200",
      description = "The result for each item of the page",
      useReturnTypeSchema = true)
  @Allowed(OPERATOR)
  @PostMapping(path = "/retry", consumes = JSON, produces = JSON)
  Page<BulkRetry.Result> retryAll(@RequestBody BulkRetry body, Caller caller) {
    return bulk.retry(body, caller);
  }

  private AttentionItemResponse decide(
      UUID id, OperatorAction action, OperatorRequest.TransferDecision decision, Caller caller) {
    service.decide(id, action, decision, caller);
    return find(id);
  }

  private AttentionItemResponse act(
      UUID id, OperatorAction action, OperatorRequest request, Caller caller) {
    service.act(id, action, request, caller);
    return find(id);
  }
}
