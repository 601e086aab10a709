package dev.mainstay.api.stripe;

import dev.mainstay.api.request.FieldFormats;
import dev.mainstay.api.request.KnownZones;
import dev.mainstay.db.CanonicalUuid;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What our metadata on a payment intent or a Checkout session says the payment is for.
 *
 * @param studentId null with a problem
 * @param courseId null with a problem
 * @param problems why no purchase can be created, without the values
 * @param dropped optional metadata that could not be used
 */
record StripeMetadata(
    @Nullable UUID studentId,
    @Nullable UUID courseId,
    @Nullable LocalTime preferredTime,
    @Nullable ZoneId zone,
    List<String> problems,
    List<String> dropped) {

  /** Empty if it is not ours: other business on the same account. */
  static Optional<StripeMetadata> read(JsonNode metadata, KnownZones zones) {
    String student = text(metadata, "student_id");
    String course = text(metadata, "course_id");
    if (student == null && course == null) {
      return Optional.empty();
    }
    List<String> problems = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    return Optional.of(
        new StripeMetadata(
            uuid(student, "student_id", problems),
            uuid(course, "course_id", problems),
            preferredTime(text(metadata, "preferred_time"), dropped),
            zone(text(metadata, "zone"), zones, dropped),
            problems,
            dropped));
  }

  static @Nullable String text(JsonNode metadata, String name) {
    String text = metadata.path(name).asString("").strip();
    return text.isEmpty() ? null : text;
  }

  static @Nullable UUID uuid(@Nullable String text, String name, List<String> problems) {
    UUID id = text == null ? null : CanonicalUuid.parse(text).orElse(null);
    if (id == null) {
      problems.add(name + (text == null ? " is missing" : " is not a UUID"));
    }
    return id;
  }

  private static @Nullable LocalTime preferredTime(@Nullable String text, List<String> dropped) {
    if (text == null || FieldFormats.isLocalTime(text)) {
      return text == null ? null : LocalTime.parse(text);
    }
    dropped.add("preferred_time is not HH:mm");
    return null;
  }

  private static @Nullable ZoneId zone(
      @Nullable String text, KnownZones zones, List<String> dropped) {
    if (text == null || zones.contain(text)) {
      return text == null ? null : ZoneId.of(text);
    }
    dropped.add("zone is unknown");
    return null;
  }
}
