package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of payroll as its facts are.
 *
 * @param periodEnd the first day that is not of it
 * @param proposal what is to be approved, or was; absent where nothing has to be
 * @param hash over all its payouts, once they are frozen
 * @param pauseReason why it pays no further for now
 * @param requestedBy the owner of an API key, or a schedule
 * @param totals its payouts by currency and status: how far it has come; absent in lists
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
    String requestedBy,
    Instant requestedAt,
    @Nullable Instant frozenAt,
    @Nullable Instant completedAt,
    @Nullable List<Total> totals,
    List<UUID> attention) {

  /**
   * What a run would pay, for somebody to approve.
   *
   * @param pays how many payouts
   * @param carries how many are carried
   * @param lastChangedBy who may not approve it
   */
  @Schema(name = "PayrollProposal")
  record Proposal(
      String hash,
      int pays,
      int carries,
      String lastChangedBy,
      Instant proposedAt,
      @Nullable String approvedBy,
      @Nullable Instant approvedAt) {}

  /** The payouts in a currency that are in a status. */
  @Schema(name = "PayrollTotal")
  record Total(String currency, String status, int payouts, long amountMinor) {}
}
