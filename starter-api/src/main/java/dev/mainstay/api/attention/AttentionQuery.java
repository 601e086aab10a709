package dev.mainstay.api.attention;

import dev.mainstay.db.generated.Tables;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Which attention items; what is null does not matter.
 *
 * @param since opened then or later
 * @param status open where not given
 */
record AttentionQuery(
    @Parameter(description = "Of this process, as purchase")
        @Size(min = 1, max = 100)
        @Pattern(regexp = "\\P{Cntrl}*", message = "has control characters")
        @Nullable String process,
    @Parameter(description = "Opened then or later") @Nullable Instant since,
    @Parameter(description = "open where not given") @Nullable Status status) {

  /** The statuses of an item, as a query spells them. */
  enum Status {
    open,
    resolved
  }

  Condition condition() {
    var attention = Tables.ATTENTION;
    Condition condition = attention.STATUS.eq((status == null ? Status.open : status).name());
    if (process != null) {
      condition = condition.and(attention.PROCESS.eq(process));
    }
    return since == null ? condition : condition.and(attention.OPENED_AT.ge(DSL.val(since)));
  }
}
