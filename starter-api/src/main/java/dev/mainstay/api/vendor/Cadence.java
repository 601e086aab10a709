package dev.mainstay.api.vendor;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How often a vendor is paid. */
enum Cadence {
  @JsonProperty("weekly")
  WEEKLY,
  @JsonProperty("monthly")
  MONTHLY;

  /** As it stands in {@code vendor.cadence}. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Cadence of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
