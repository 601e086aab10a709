package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a preview tells of the run before.
 *
 * @param changedBy in percent, 20 where not given
 */
record PreviewQuery(
    @Parameter(
            description =
                "By more than how many percent of what it was an amount must differ to be told as changed; 20 where not given")
        @DecimalMin("0")
        @Digits(integer = 6, fraction = 2)
        @Nullable BigDecimal changedBy) {

  private static final BigDecimal CHANGED_BY = BigDecimal.valueOf(20);

  BigDecimal percent() {
    return changedBy == null ? CHANGED_BY : changedBy;
  }
}
