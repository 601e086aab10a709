package dev.mainstay.api.payroll;

import static dev.mainstay.api.access.Role.APPROVER;
import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.payroll.PayoutQueries.Pdf;
import dev.mainstay.api.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.util.Locale;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(PayoutController.PATH)
class PayoutController {

  static final String PATH = "/api/v1/payouts";

  private final PayoutQueries payouts;

  PayoutController(PayoutQueries payouts) {
    this.payouts = payouts;
  }

  @Operation(summary = "Lists payouts in the order in which they were frozen")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({OPERATOR, FINANCE, APPROVER, AUDITOR})
  @GetMapping(produces = "application/json")
  Page<Payout> list(
      @Valid @ParameterObject PayoutQuery query, @Valid @ParameterObject PageQuery page) {
    return payouts.list(query, page);
  }

  @Operation(summary = "Shows a payout with every earning that it settles")
  @ApiResponse(responseCode = "200", description = "The payout", useReturnTypeSchema = true)
  @Allowed({OPERATOR, FINANCE, APPROVER, AUDITOR})
  @GetMapping(path = "/{id}", produces = "application/json")
  Payout find(@PathVariable UUID id) {
    return payouts.find(id).orElseThrow(() -> Refusal.notFound("payout"));
  }

  @Operation(summary = "Downloads the receipt of a paid payout, as the vendor got it")
  @ApiResponse(
      responseCode = "200",
      description = "The receipt",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_PDF_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  @Allowed({OPERATOR, FINANCE, APPROVER, AUDITOR})
  @GetMapping(path = "/{id}/receipt.pdf", produces = MediaType.APPLICATION_PDF_VALUE)
  ResponseEntity<byte[]> receipt(@PathVariable UUID id) {
    Pdf pdf = payouts.receipt(id).orElseThrow(() -> Refusal.notFound("receipt"));
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_PDF);
    headers.setContentLanguage(Locale.forLanguageTag(pdf.locale()));
    headers.setContentDisposition(
        ContentDisposition.attachment().filename("receipt-%d.pdf".formatted(pdf.number())).build());
    return ResponseEntity.ok().headers(headers).body(pdf.content());
  }
}
