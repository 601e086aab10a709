package dev.mainstay.api.payroll;

import static dev.mainstay.api.access.Role.APPROVER;
import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.access.Idempotent;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.request.ReasonRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(PayrollController.PATH)
class PayrollController {

  static final String PATH = "/api/v1/payroll";

  private static final String JSON = "application/json";
  private static final String RUNS = PayrollPeriod.PATH + "/runs";
  private static final String RUN = RUNS + "/{id}";

  private final PreviewQueries previews;
  private final PayrollRunQueries runs;
  private final PayrollService service;

  PayrollController(PreviewQueries previews, PayrollRunQueries runs, PayrollService service) {
    this.previews = previews;
    this.runs = runs;
    this.service = service;
  }

  @Operation(
      summary =
          "Shows the payouts that a period would pay or carry over, and why, without any effect",
      description = "`limit` counts vendors: each is listed with all its currencies.")
  @ApiResponse(responseCode = "200", description = "A page of it", useReturnTypeSchema = true)
  @Allowed({OPERATOR, FINANCE, APPROVER, AUDITOR})
  @GetMapping(path = PayrollPeriod.PATH + "/preview", produces = JSON)
  Preview preview(
      @PathVariable String cadence,
      @PathVariable String periodStart,
      @Valid @ParameterObject PreviewQuery query,
      @Valid @ParameterObject PageQuery page) {
    return previews.read(PayrollPeriod.of(cadence, periodStart), query, page);
  }

  @Operation(summary = "Runs the payroll of a period, unless it has its run")
  @ApiResponse(responseCode = "200", description = "The run there is", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "202", description = "Taken in", useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description = "Payroll is off, or the Idempotency-Key was used for another request")
  @Allowed({OPERATOR, FINANCE})
  @Idempotent
  @PostMapping(path = RUNS, produces = JSON)
  ResponseEntity<PayrollRunAcceptedResponse> request(
      @PathVariable String cadence, @PathVariable String periodStart, Caller caller) {
    PayrollPeriod period = PayrollPeriod.of(cadence, periodStart);
    PayrollRunAcceptedResponse answer = service.request(period, caller);
    return ResponseEntity.status(answer.joined() ? HttpStatus.OK : HttpStatus.ACCEPTED)
        .location(URI.create(period.runsPath() + "/" + answer.id()))
        .body(answer);
  }

  @Operation(summary = "Shows a run with its proposal and its progress")
  @ApiResponse(responseCode = "200", description = "The run", useReturnTypeSchema = true)
  @Allowed({OPERATOR, FINANCE, APPROVER, AUDITOR})
  @GetMapping(path = RUN, produces = JSON)
  PayrollRun find(
      @PathVariable String cadence, @PathVariable String periodStart, @PathVariable UUID id) {
    return find(PayrollPeriod.of(cadence, periodStart), id);
  }

  @Operation(summary = "Lists the runs of a period, oldest first; all but one were cancelled")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({OPERATOR, FINANCE, APPROVER, AUDITOR})
  @GetMapping(path = RUNS, produces = JSON)
  Page<PayrollRun> list(
      @PathVariable String cadence,
      @PathVariable String periodStart,
      @Valid @ParameterObject PageQuery page) {
    return runs.list(PayrollPeriod.of(cadence, periodStart), page);
  }

  @Operation(summary = "Lists runs in the order in which they were requested")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({OPERATOR, FINANCE, APPROVER, AUDITOR})
  @GetMapping(path = "/runs", produces = JSON)
  Page<PayrollRun> listAll(
      @Valid @ParameterObject PayrollRunQuery query, @Valid @ParameterObject PageQuery page) {
    return runs.list(query, page);
  }

  @Operation(summary = "Approves a run's payouts, by the hash of its preview")
  @ApiResponse(
      responseCode = "200",
      description = "The run, which continues",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description =
          "The run does not wait for approval, the caller has changed it (`proposal.changedBy`), or"
              + " it has changed: `hash` is the new hash")
  @Allowed(APPROVER)
  @PostMapping(path = RUN + "/approve", consumes = JSON, produces = JSON)
  PayrollRun approve(
      @PathVariable String cadence,
      @PathVariable String periodStart,
      @PathVariable UUID id,
      @RequestBody PayrollApprovalRequest approval,
      Caller caller) {
    PayrollPeriod period = PayrollPeriod.of(cadence, periodStart);
    service.approve(period, id, approval, caller);
    return find(period, id);
  }

  @Operation(summary = "Cancels a run that waits for approval; its period can be run again")
  @ApiResponse(responseCode = "200", description = "It is cancelled", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", description = "It does not wait for approval")
  @Allowed({OPERATOR, FINANCE})
  @PostMapping(path = RUN + "/cancel", consumes = JSON, produces = JSON)
  PayrollRun cancel(
      @PathVariable String cadence,
      @PathVariable String periodStart,
      @PathVariable UUID id,
      @RequestBody ReasonRequest body,
      Caller caller) {
    PayrollPeriod period = PayrollPeriod.of(cadence, periodStart);
    service.cancel(period, id, body.reason(), caller);
    return find(period, id);
  }

  private PayrollRun find(PayrollPeriod period, UUID id) {
    return runs.find(period, id).orElseThrow(() -> Refusal.notFound("run"));
  }
}
