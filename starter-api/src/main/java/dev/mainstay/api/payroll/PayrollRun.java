package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of payroll with its facts.
 *
 * @param periodEnd the first day after the period
 * @param proposal the proposal to approve, or the approved one; absent if no approval is needed
 * @param hash over all its payouts, once they are frozen
 * @param pauseReason why it is paused
 * @param pausedBy the operator whose pause holds, whatever the status: nothing is paid until
 *     somebody resumes it
 * @param requestedBy the owner of an API key, or a schedule
 * @param totals its payouts by currency and status, which show its progress; absent in lists
 * @param attention its items that wait for an operator
 */
record PayrollRun(
    UUID id,
    String workflowId,
    @Schema(example = "weekly") String cadence,
    LocalDate periodStart,
    LocalDate periodEnd,
    String zone,
    Instant startsAt,
    Instant endsAt,
    @Schema(
            allowableValues = {
              "awaiting-approval",
              "freezing",
              "frozen",
              "paying",
              "paused",
              "completed",
              "cancelled"
            })
        String status,
    @Nullable Proposal proposal,
    @Nullable String hash,
    @Nullable String pauseReason,
    @Nullable String pausedBy,
    String requestedBy,
    Instant requestedAt,
    @Nullable Instant frozenAt,
    @Nullable Instant completedAt,
    @Nullable List<Total> totals,
    List<UUID> attention) {

  /**
   * The payouts that a run proposes for approval.
   *
   * @param pays the number of payouts
   * @param carries the number of carried payouts
   * @param changedBy everybody who has changed it since it was last approved, and so may not
   *     approve it
   */
  @Schema(name = "PayrollProposal")
  record Proposal(
      String hash,
      int pays,
      int carries,
      List<String> changedBy,
      Instant proposedAt,
      @Nullable String approvedBy,
      @Nullable Instant approvedAt) {}

  /** The payouts in a currency that are in a status. */
  @Schema(name = "PayrollTotal")
  record Total(String currency, String status, int payouts, long amountMinor) {}
}
