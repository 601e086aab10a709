package dev.mainstay.api.stripe;

import dev.mainstay.api.vendor.AccountReport;
import dev.mainstay.api.vendor.AccountReport.BankPayout;
import dev.mainstay.api.vendor.AccountReport.State;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads events of connected accounts: those with a top-level {@code account}. Their money is not
 * the platform's; they say whether a vendor can be paid.
 */
final class StripeAccountEvents {

  private static final int LONGEST = 100;

  /** Any of them lets an account receive transfers. */
  private static final List<String> TRANSFERS = List.of("transfers", "legacy_payments");

  private StripeAccountEvents() {}

  /** Whether the event is of a connected account. */
  static boolean isOne(JsonNode event) {
    return event.hasNonNull("account");
  }

  /**
   * Reads the event.
   *
   * @param now the time of an event that has none
   * @return null for a type that is only counted
   */
  static @Nullable AccountReport report(JsonNode event, String type, Instant now) {
    String account = code(event.path("account"));
    JsonNode object = event.path("data").path("object");
    JsonNode created = event.path("created");
    Instant at = created.canConvertToInt() ? Instant.ofEpochSecond(created.intValue()) : now;
    if (account == null) {
      return null;
    }
    return switch (type) {
      case "account.updated" -> state(account, at, object);
      // The user has disconnected from the platform: a transfer would be refused
      case "account.application.deauthorized" ->
          new State(account, at, false, false, "deauthorized", false);
      case "payout.paid" -> payout(account, at, object, null);
      case "payout.failed" ->
          payout(
              account,
              at,
              object,
              Objects.requireNonNullElse(code(object.path("failure_code")), "unknown"));
      default -> null;
    };
  }

  private static @Nullable AccountReport payout(
      String account, Instant at, JsonNode object, @Nullable String failure) {
    String id = code(object.path("id"));
    return id == null ? null : new BankPayout(account, at, id, failure);
  }

  private static State state(String account, Instant at, JsonNode object) {
    JsonNode requirements = object.path("requirements");
    Boolean payouts = bool(object.path("payouts_enabled"));
    Boolean transfers = transfers(object.path("capabilities"));
    return new State(
        account,
        at,
        payouts,
        transfers,
        code(requirements.path("disabled_reason")),
        Boolean.TRUE.equals(payouts)
            && !Boolean.FALSE.equals(transfers)
            && !asksForBank(requirements)
            && object
                .path("external_accounts")
                .path("data")
                .valueStream()
                .noneMatch(one -> one.path("status").asString("").equals("errored")));
  }

  private static @Nullable Boolean transfers(JsonNode capabilities) {
    return capabilities.isObject()
        ? TRANSFERS.stream().anyMatch(one -> capabilities.path(one).asString("").equals("active"))
        : null;
  }

  private static boolean asksForBank(JsonNode requirements) {
    return List.of("currently_due", "past_due").stream()
        .flatMap(due -> requirements.path(due).valueStream())
        .anyMatch(one -> one.asString("").equals("external_account"));
  }

  private static @Nullable Boolean bool(JsonNode node) {
    return node.isBoolean() ? node.booleanValue() : null;
  }

  /** An id or a code of Stripe's; null if it is none. */
  private static @Nullable String code(JsonNode node) {
    String text = node.asString("");
    return text.isEmpty() || text.length() > LONGEST ? null : text;
  }
}
