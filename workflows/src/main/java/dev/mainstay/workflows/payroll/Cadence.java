package dev.mainstay.workflows.payroll;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;

/** How often a vendor is paid. */
public enum Cadence {
  /** From one Monday to the next. */
  @JsonProperty("weekly")
  WEEKLY,
  /** A calendar month. */
  @JsonProperty("monthly")
  MONTHLY;

  /** The text in {@code vendor.cadence}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value with this text in {@code vendor.cadence}. */
  public static Cadence of(String text) {
    return Arrays.stream(values())
        .filter(cadence -> cadence.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown cadence " + text));
  }

  /** The sweep that asks for its runs, which is its Schedule's and its flag's name. */
  public String sweep() {
    return "payroll-" + text();
  }
}
