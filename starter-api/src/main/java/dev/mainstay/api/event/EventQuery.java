package dev.mainstay.api.event;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The filter and the page of events.
 *
 * @param limit 1 to 500, 50 by default
 * @param after the {@code next} of the previous page, null for the beginning
 * @param type null for every type
 */
record EventQuery(
    @Parameter(description = "The maximum number of items; 50 by default") @Min(1) @Max(500)
        @Nullable Integer limit,
    @Parameter(description = "The `next` of the previous page") @Nullable String after,
    @Parameter(description = "Only events of this type, such as purchase.created")
        @Size(min = 1, max = 100)
        @Pattern(regexp = "\\P{Cntrl}*", message = "has control characters")
        @Nullable String type) {

  int limitOrDefault() {
    return limit == null ? 50 : limit;
  }
}
