package dev.mainstay.api.session;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A course session as its facts are.
 *
 * @param ordinal its place in the course; one that is made up for a cancelled one has its ordinal
 * @param date local to the zone, as the time is
 * @param deliveredAt null as long as it has not been completed
 * @param reminderSentAt when the student was reminded of it, on the first channel that took it;
 *     null as long as that is not so
 * @param grossMinor its share of what was paid, in minor units
 */
@Schema(name = "Session")
record CourseSession(
    UUID id,
    UUID purchaseId,
    UUID trainerId,
    int ordinal,
    LocalDate date,
    @JsonFormat(pattern = "HH:mm") LocalTime time,
    String zone,
    Instant startsAt,
    Instant endsAt,
    @Schema(allowableValues = {"scheduled", "completed", "cancelled"}) String status,
    @Nullable Instant deliveredAt,
    @Nullable Instant reminderSentAt,
    long grossMinor,
    String currency) {}
