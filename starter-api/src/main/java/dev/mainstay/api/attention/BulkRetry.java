package dev.mainstay.api.attention;

import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.request.FieldFormats;
import dev.mainstay.db.generated.Tables;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A retry of all open items that a filter finds, page by page.
 *
 * @param reason in the operator's words
 * @param limit how many items at most, 1 to 100, 50 where not given
 * @param after the {@code next} of the page before
 */
record BulkRetry(
    @Schema(format = FieldFormats.LINE, maxLength = 500, example = "the provider is back")
        String reason,
    Filter filter,
    @Schema(minimum = "1", maximum = "100") @Nullable Integer limit,
    @Nullable UUID after) {

  PageQuery page() {
    return new PageQuery(limit, after);
  }

  /**
   * A filter of items; null fields do not filter.
   *
   * @param reason of the item, as {@code step-failed}
   * @param since opened then or later
   */
  @Schema(name = "AttentionFilter")
  record Filter(
      @Schema(format = FieldFormats.LINE, maxLength = 100, example = "purchase")
          @Nullable String process,
      @Schema(format = FieldFormats.LINE, maxLength = 100, example = "step-failed")
          @Nullable String reason,
      @Schema(format = FieldFormats.LINE, maxLength = 100, example = "allocate")
          @Nullable String step,
      @Schema(format = FieldFormats.LINE, maxLength = 500, example = "allocate/no-trainer")
          @Nullable String fingerprint,
      @Nullable Instant since) {

    /** Open items that offer a retry. */
    Condition condition() {
      var attention = Tables.ATTENTION;
      Condition condition =
          attention
              .STATUS
              .eq("open")
              .and(equal(attention.PROCESS, process))
              .and(equal(attention.REASON, reason))
              .and(equal(attention.STEP, step))
              .and(equal(attention.FINGERPRINT, fingerprint))
              .and(DSL.val("retry").eq(DSL.any(attention.ACTIONS)));
      return since == null ? condition : condition.and(attention.OPENED_AT.ge(since));
    }

    private static Condition equal(Field<String> field, @Nullable String value) {
      return value == null ? DSL.noCondition() : field.eq(value);
    }
  }

  /**
   * The result for one item.
   *
   * @param detail the reason why it was not retried
   */
  @Schema(name = "RetryResult")
  record Result(
      UUID id,
      String businessKey,
      @Schema(allowableValues = {"retried", "refused", "unavailable"}) String outcome,
      @Nullable String detail) {}
}
