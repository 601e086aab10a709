package dev.mainstay.api.payroll;

import static dev.mainstay.api.access.Role.APPROVER;
import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;
import static dev.mainstay.db.generated.Tables.PAYROLL_DIFFERENCE;
import static org.jooq.Records.mapping;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PayrollDifferenceController {

  private final DSLContext database;

  PayrollDifferenceController(DSLContext database) {
    this.database = database;
  }

  @Operation(summary = "Lists differences between payouts and the provider's transfers")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({OPERATOR, FINANCE, APPROVER, AUDITOR})
  @GetMapping(path = PayrollController.PATH + "/differences", produces = "application/json")
  Page<PayrollDifference> list(
      @RequestParam(defaultValue = "true")
          @Parameter(description = "Only open differences; otherwise also resolved ones")
          boolean open,
      @Valid @ParameterObject PageQuery page) {
    Condition condition = PAYROLL_DIFFERENCE.ID.gt(page.above());
    if (open) {
      condition = condition.and(PAYROLL_DIFFERENCE.RESOLVED_AT.isNull());
    }
    return Page.of(
        database
            .select(
                PAYROLL_DIFFERENCE.ID,
                PAYROLL_DIFFERENCE.KIND,
                PAYROLL_DIFFERENCE.RUN_ID,
                PAYROLL_DIFFERENCE.PAYOUT_ID,
                PAYROLL_DIFFERENCE.TRANSFER_ID,
                PAYROLL_DIFFERENCE.OURS,
                PAYROLL_DIFFERENCE.THEIRS,
                PAYROLL_DIFFERENCE.FOUND_AT,
                PAYROLL_DIFFERENCE.RESOLVED_AT)
            .from(PAYROLL_DIFFERENCE)
            .where(condition)
            .orderBy(PAYROLL_DIFFERENCE.ID)
            .limit(page.withOneMore())
            .fetch(mapping(PayrollDifference::new)),
        page,
        PayrollDifference::id);
  }
}
