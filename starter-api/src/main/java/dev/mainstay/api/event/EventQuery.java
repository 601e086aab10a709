package dev.mainstay.api.event;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Which events.
 *
 * @param limit 1 to 500, 50 where not given
 * @param after the {@code next} of the page before, null for the beginning
 * @param type null for every type
 */
record EventQuery(
    @Parameter(description = "How many items at most; 50 where not given") @Min(1) @Max(500)
        @Nullable Integer limit,
    @Parameter(description = "The `next` of the page before") @Nullable String after,
    @Parameter(description = "Of this type, as purchase.created")
        @Size(min = 1, max = 100)
        @Pattern(regexp = "\\P{Cntrl}*", message = "has control characters")
        @Nullable String type) {

  int limitOrDefault() {
    return limit == null ? 50 : limit;
  }
}
