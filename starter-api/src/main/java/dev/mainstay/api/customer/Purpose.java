package dev.mainstay.api.customer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;

/** The purpose of a message. */
enum Purpose {
  /** Necessary information about a purchase; needs no consent. */
  @JsonProperty("transactional")
  TRANSACTIONAL,
  @JsonProperty("reminder")
  REMINDER,
  @JsonProperty("marketing")
  MARKETING;

  /** The text in {@code consent.purpose}. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Purpose of(String text) {
    return Arrays.stream(values())
        .filter(purpose -> purpose.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown purpose " + text));
  }
}
