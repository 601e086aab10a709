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
 * A filter of attention items; null fields do not filter.
 *
 * @param since opened then or later
 * @param status open by default
 */
record AttentionQuery(
    @Parameter(description = "Only items of this process, such as purchase")
        @Size(min = 1, max = 100)
        @Pattern(regexp = "\\P{Cntrl}*", message = "has control characters")
        @Nullable String process,
    @Parameter(description = "Only items opened at this time or later") @Nullable Instant since,
    @Parameter(description = "Only items in this status; open by default")
        @Nullable Status status) {

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
