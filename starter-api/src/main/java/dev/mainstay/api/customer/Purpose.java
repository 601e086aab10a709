package dev.mainstay.api.customer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;

/** What a message is for. */
enum Purpose {
  /** What a customer has to know of what was bought; may be told without consent. */
  @JsonProperty("transactional")
  TRANSACTIONAL,
  @JsonProperty("reminder")
  REMINDER,
  @JsonProperty("marketing")
  MARKETING;

  /** As it stands in {@code consent.purpose}. */
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
