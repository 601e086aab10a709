package dev.mainstay.api.payroll;

import static dev.mainstay.api.access.Role.APPROVER;
import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Currency;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(PayrollController.PATH + "/minimums")
class PayoutMinimumController {

  private final PayoutMinimums minimums;

  PayoutMinimumController(PayoutMinimums minimums) {
    this.minimums = minimums;
  }

  @Operation(
      summary =
          "Lists the minimum payouts by currency; earnings in a currency without one are carried over")
  @ApiResponse(responseCode = "200", description = "All of them", useReturnTypeSchema = true)
  @Allowed({OPERATOR, FINANCE, APPROVER, AUDITOR})
  @GetMapping(produces = "application/json")
  Page<PayoutMinimum> list() {
    return new Page<>(minimums.list(), null);
  }

  @Operation(summary = "Sets the minimum payout in a currency")
  @ApiResponse(responseCode = "200", description = "The stored minimum", useReturnTypeSchema = true)
  @Allowed(FINANCE)
  @PutMapping(path = "/{currency}", consumes = "application/json", produces = "application/json")
  PayoutMinimum put(
      @PathVariable String currency, @RequestBody PayoutMinimumRequest body, Caller caller) {
    if (!FieldFormats.isCurrency(currency)) {
      throw Refusal.field("/currency", "must be a currency of ISO 4217 in capitals, as EUR");
    }
    return minimums.put(Currency.getInstance(currency), body, caller);
  }
}
