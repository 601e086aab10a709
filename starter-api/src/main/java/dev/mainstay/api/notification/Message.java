package dev.mainstay.api.notification;

import dev.mainstay.db.generated.tables.records.MessageRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as its facts are; neither its words nor anybody's address are kept.
 *
 * @param event what it was planned by
 * @param reason why it is sent, or why not
 * @param holdUntil it is not sent before; null where nothing holds it
 * @param possiblyDuplicate whether it was sent once more because the provider's answer was lost
 * @param providerId what the provider knows it by
 */
public record Message(
    UUID id,
    @Schema(example = "booking-confirmed") String kind,
    @Schema(example = "booking.created") String event,
    @Schema(allowableValues = {"transactional", "reminder", "marketing"}) String purpose,
    @Schema(allowableValues = {"email", "sms", "push"}) String channel,
    @Schema(allowableValues = {"customer", "vendor", "store"}) String recipientKind,
    UUID recipientId,
    @Schema(
            allowableValues = {
              "booking",
              "purchase",
              "session",
              "payout",
              "payout-account",
              "task",
              "customer",
              "stock"
            })
        String subjectKind,
    UUID subjectId,
    @Schema(allowableValues = {"waiting", "sent", "delivered", "suppressed", "failed", "unknown"})
        String status,
    String reason,
    @Nullable Instant holdUntil,
    int tries,
    boolean possiblyDuplicate,
    @Nullable String providerId,
    Instant createdAt,
    @Nullable Instant sentAt,
    @Nullable Instant deliveredAt) {

  static Message of(MessageRecord row) {
    return new Message(
        row.getId(),
        row.getKind(),
        row.getEvent(),
        row.getPurpose(),
        row.getChannel(),
        row.getRecipientKind(),
        row.getRecipientId(),
        row.getSubjectKind(),
        row.getSubjectId(),
        row.getStatus(),
        row.getReason(),
        row.getHoldUntil(),
        row.getTries(),
        row.getPossiblyDuplicate(),
        row.getProviderId(),
        row.getCreatedAt(),
        row.getSentAt(),
        row.getDeliveredAt());
  }
}
