package dev.mainstay.api.page;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The page of a list.
 *
 * @param limit 1 to 500, 50 by default
 * @param after the key that {@code next} gave, null for the first page
 */
public record PageQuery(
    @Parameter(description = "The maximum number of items; 50 by default") @Min(1) @Max(500)
        @Nullable Integer limit,
    @Parameter(description = "The `next` of the previous page") @Nullable UUID after) {

  private static final UUID FIRST = new UUID(0, 0);

  /** One row more than the page, which shows whether another page follows. */
  public int withOneMore() {
    return (limit == null ? 50 : limit) + 1;
  }

  /** Rows with keys above this one belong to the page. */
  public UUID above() {
    return after == null ? FIRST : after;
  }
}
