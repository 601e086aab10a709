package dev.mainstay.api.trainer;

import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A vendor as a trainer. Days and hours are local to the vendor's zone.
 *
 * @param capacity the number of students that the trainer takes at once
 * @param courseIds the courses that the trainer can teach
 * @param hours the hours when the trainer teaches; empty means always
 */
record TrainerRequest(
    @Schema(minimum = "0", maximum = "100000") int capacity,
    @ArraySchema(maxItems = 1000, uniqueItems = true) List<UUID> courseIds,
    @ArraySchema(maxItems = 1000, uniqueItems = true) @Nullable List<LocalDate> holidays,
    @ArraySchema(maxItems = 100) @Nullable List<Hours> hours) {

  /**
   * A stretch of a weekday.
   *
   * @param to later than {@code from}; 24:00 or 00:00 is the end of the day
   */
  @Schema(name = "TrainerHours")
  record Hours(
      DayOfWeek weekday,
      @Schema(format = FieldFormats.LOCAL_TIME, example = "09:00") String from,
      @Schema(format = FieldFormats.END_TIME, example = "17:00") String to) {

    /** As PostgreSQL has it. */
    String until() {
      return to.equals("00:00") ? "24:00" : to;
    }

    boolean overlaps(Hours other) {
      return weekday == other.weekday
          && from.compareTo(other.until()) < 0
          && other.from.compareTo(until()) < 0;
    }
  }
}
