package dev.mainstay.api.purchase;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.mainstay.api.attention.AttentionItemResponse;
import dev.mainstay.api.notification.Message;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as its facts are.
 *
 * @param workflowId the run that carries it or carried it last
 * @param allocation the trainer, null as long as there is none
 * @param messages what was sent about it; nothing is sent yet
 * @param attention what of it waits for an operator
 */
record Purchase(
    UUID id,
    @Schema(
            allowableValues = {
              "pending",
              "active",
              "attention",
              "refunded",
              "cancelled",
              "completed"
            })
        String status,
    String workflowId,
    UUID studentId,
    UUID courseId,
    Payment payment,
    @Nullable Allocation allocation,
    List<CourseSession> sessions,
    List<Message> messages,
    List<AttentionItemResponse> attention) {

  /**
   * The payment of a purchase.
   *
   * @param refundedMinor the amount refunded so far
   */
  @Schema(name = "Payment")
  record Payment(
      String provider,
      String providerPaymentId,
      long amountMinor,
      String currency,
      long refundedMinor) {}

  @Schema(name = "Allocation")
  record Allocation(
      UUID trainerId, @Schema(allowableValues = {"approved", "active", "ended"}) String status) {}

  /**
   * One lesson.
   *
   * @param date local to the zone, as the time is
   */
  @Schema(name = "CourseSession")
  record CourseSession(
      UUID id,
      int ordinal,
      LocalDate date,
      @JsonFormat(pattern = "HH:mm") LocalTime time,
      String zone,
      Instant startsAt,
      @Schema(allowableValues = {"scheduled", "completed", "cancelled"}) String status) {}
}
