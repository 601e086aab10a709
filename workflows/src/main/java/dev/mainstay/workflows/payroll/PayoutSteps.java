package dev.mainstay.workflows.payroll;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PagePlan;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Payroll's requests to the payment provider, on the queue {@code payments}. */
@ActivityInterface
public interface PayoutSteps {

  /** The next pages of a run's payouts that are not paid, carried, failed or cancelled. */
  @ActivityMethod(name = "planPaying")
  PagePlan plan(UUID runId, @Nullable String after);

  /**
   * Pays the unpaid payouts of a page. First asks whether each transfer whose answer was lost has
   * happened. A payout that is refused, or stays unknown, continues in a run of its own.
   */
  @ActivityMethod(name = "payPayouts")
  PayoutPage pay(UUID runId, KeyRange payouts);

  /** Pays one payout, after an operator's retry or to find its outcome. */
  @ActivityMethod(name = "payPayout")
  PayoutResult payOne(UUID payoutId);

  /**
   * Its earnings return to the next run.
   *
   * @param by the operator, who may not approve that run
   * @return false where a transfer was accepted, or may have been: then nothing was changed
   */
  @ActivityMethod(name = "cancelPayout")
  boolean cancel(UUID payoutId, String by);

  /**
   * The result of a page.
   *
   * @param counts {@code paid}, {@code failed} and {@code unknown}
   * @param pauseReason why the run has to wait before it pays the rest, as {@code
   *     insufficient-balance}; null if it need not wait
   */
  record PayoutPage(Counts counts, @Nullable String pauseReason) {}

  /**
   * The result of one payout.
   *
   * @param reason for a person to read; empty where it is paid
   */
  record PayoutResult(Outcome outcome, String reason) {}

  /** Whether a vendor has the money. */
  enum Outcome {
    /** The provider accepted the transfer. */
    @JsonProperty("paid")
    PAID,
    /** The provider refused it for good. */
    @JsonProperty("failed")
    FAILED,
    /** It may have happened, and the provider could not yet say. */
    @JsonProperty("unknown")
    UNKNOWN,
    /** Too little money on the platform's account, or another reason that holds for all payouts. */
    @JsonProperty("insufficient-balance")
    INSUFFICIENT_BALANCE,
    /** Its run is paused, so the provider was not asked. */
    @JsonProperty("paused")
    PAUSED,
    /** Cancelled: its earnings are in the next run. */
    @JsonProperty("cancelled")
    CANCELLED
  }
}
