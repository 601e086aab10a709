package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run's payout to a vendor in a currency.
 *
 * @param runWorkflowId the id of the run's workflow
 * @param earningCount the number of earnings; those of a carried or cancelled payout are open again
 * @param amountMinor the net amount that the vendor gets
 * @param reason why it is carried, failed, unknown or cancelled
 * @param transferId the payment provider's id
 * @param receipt the vendor's receipt, once it is paid
 * @param attention its items that wait for an operator
 * @param attempts the requests to the payment provider; absent in lists
 * @param earnings the earnings that it settles; absent in lists
 */
record Payout(
    UUID id,
    UUID runId,
    String runWorkflowId,
    UUID vendorId,
    @Schema(example = "weekly") String cadence,
    LocalDate periodStart,
    String currency,
    int earningCount,
    long grossMinor,
    long commissionMinor,
    long amountMinor,
    @Schema(
            allowableValues = {
              "frozen",
              "paying",
              "paid",
              "carried",
              "unknown",
              "failed",
              "cancelled"
            })
        String status,
    @Nullable String reason,
    @Nullable String transferId,
    Instant createdAt,
    @Nullable Instant paidAt,
    @Nullable Receipt receipt,
    List<UUID> attention,
    @Nullable List<Attempt> attempts,
    @Nullable List<Earning> earnings) {

  /**
   * A receipt.
   *
   * @param url of its PDF
   */
  @Schema(name = "PayoutReceipt")
  record Receipt(long number, Instant issuedAt, String url) {}

  /**
   * A time that the payment provider was asked to pay.
   *
   * @param status {@code asked}: it may have happened; {@code released}: the provider has certainly
   *     not heard of it; {@code refused}: it certainly did not happen
   * @param answer the provider's code
   * @param destination the vendor's payout account as it was then
   */
  @Schema(name = "PayoutAttempt")
  record Attempt(
      int attempt,
      @Schema(allowableValues = {"asked", "released", "accepted", "refused"}) String status,
      @Nullable String answer,
      @Nullable String destination,
      Instant askedAt,
      @Nullable Instant answeredAt) {}

  /**
   * The amount that a delivered booking or course session adds to a vendor's account.
   *
   * @param sourceId the id of the booking or of the course session
   * @param kind a reversal takes a delivery back
   * @param what the name of the service or of the course
   * @param ordinal the number of the session in the course
   */
  @Schema(name = "PayoutEarning")
  record Earning(
      UUID id,
      @Schema(allowableValues = {"booking", "session"}) String sourceKind,
      UUID sourceId,
      @Schema(allowableValues = {"delivery", "reversal"}) String kind,
      @Nullable String what,
      @Nullable Integer ordinal,
      Instant earnedAt,
      long grossMinor,
      BigDecimal commissionPercent,
      long commissionMinor,
      long netMinor) {}
}
