package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a preview.
 *
 * @param limit 1 to 500, 50 where not given
 * @param after the {@code next} of the page before, null for the first
 * @param changedBy in percent, 20 where not given
 */
record PreviewQuery(
    @Parameter(description = "How many items at most; 50 where not given") @Min(1) @Max(500)
        @Nullable Integer limit,
    @Parameter(description = "The `next` of the page before")
        @Pattern(
            regexp = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[A-Z]{3}",
            message = "must be the next of a page")
        @Nullable String after,
    @Parameter(
            description =
                "By more than how many percent of what it was an amount must differ to be told as changed; 20 where not given")
        @DecimalMin("0")
        @Digits(integer = 6, fraction = 2)
        @Nullable BigDecimal changedBy) {

  private static final BigDecimal CHANGED_BY = BigDecimal.valueOf(20);

  int most() {
    return limit == null ? 50 : limit;
  }

  BigDecimal percent() {
    return changedBy == null ? CHANGED_BY : changedBy;
  }

  UUID afterVendor() {
    return after == null ? new UUID(0, 0) : UUID.fromString(after.substring(0, 36));
  }

  String afterCurrency() {
    return after == null ? "" : after.substring(37);
  }
}
