package dev.mainstay.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The services that give students their trainers, as {@code mainstay.allocator.kind} spells them.
 */
public enum Allocator {
  @JsonProperty("built-in")
  BUILT_IN("built-in"),
  /** The simulator {@code admin}. */
  @JsonProperty("admin-service")
  ADMIN_SERVICE("admin-service");

  private final String text;

  Allocator(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
