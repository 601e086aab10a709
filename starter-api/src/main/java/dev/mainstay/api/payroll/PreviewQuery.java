package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The options for comparing a preview with the previous run.
 *
 * @param changedBy in percent; 20 by default
 */
record PreviewQuery(
    @Parameter(
            description =
                "The percentage by which an amount must differ from the previous run's to be listed as changed; 20 by default")
        @DecimalMin("0")
        @Digits(integer = 6, fraction = 2)
        @Nullable BigDecimal changedBy) {

  private static final BigDecimal CHANGED_BY = BigDecimal.valueOf(20);

  BigDecimal percent() {
    return changedBy == null ? CHANGED_BY : changedBy;
  }
}
