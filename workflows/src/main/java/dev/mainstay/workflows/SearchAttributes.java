package dev.mainstay.workflows;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/**
 * The search attributes by which an operator filters runs in the Web UI and with {@code temporal
 * workflow list --query}.
 */
public final class SearchAttributes {

  /** The process in the product's words, as {@code purchase}. */
  public static final SearchAttributeKey<String> PROCESS = SearchAttributeKey.forKeyword("Process");

  /** True while a step waits for an operator. */
  public static final SearchAttributeKey<Boolean> NEEDS_ATTENTION =
      SearchAttributeKey.forBoolean("NeedsAttention");

  /** Why it waits, as {@code duplicate-payment}. */
  public static final SearchAttributeKey<String> ATTENTION_REASON =
      SearchAttributeKey.forKeyword("AttentionReason");

  /**
   * The ids of the run's subjects: payment ids for purchases. At most 1,900 bytes of ids, as
   * visibility stores 2,048 of JSON.
   */
  public static final SearchAttributeKey<List<String>> SUBJECTS =
      SearchAttributeKey.forKeywordList("Subjects");

  /** The progress of a bulk run, as {@code 1500/20000}. */
  public static final SearchAttributeKey<String> PROGRESS =
      SearchAttributeKey.forKeyword("Progress");

  private SearchAttributes() {}
}
