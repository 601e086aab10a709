package dev.mainstay.sandbox.stripe;

import dev.mainstay.sandbox.simulator.VendorSimulator.Page;
import dev.mainstay.sandbox.simulator.VendorSimulator.Request;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The connected accounts. {@code POST /accounts {account, payoutsEnabled, transfers}} describes one
 * and reports it; {@code POST /payouts {account, amount, currency, failureCode}} pays one out to
 * its bank, which refuses it with the code if there is one.
 */
final class SimulatedAccounts {

  private static final String ACTIVE = "active";

  private final Consumer<SimulatedStripeEvent> events;
  private final InstantSource clock;
  private final Set<String> withoutTransfers = ConcurrentHashMap.newKeySet();

  SimulatedAccounts(Consumer<SimulatedStripeEvent> events, InstantSource clock) {
    this.events = events;
    this.clock = clock;
  }

  /** Whether the account's capability to receive transfers is active, as it is at first. */
  boolean receivesTransfers(String account) {
    return !withoutTransfers.contains(account);
  }

  /** What happens to an account without a call of the platform. */
  Optional<Page> beside(Request request) {
    if (!request.method().equals("POST")) {
      return Optional.empty();
    }
    try {
      return switch (request.path()) {
        case "/accounts" -> {
          describe(JsonMapper.shared().readValue(request.body(), Description.class));
          yield Optional.of(Page.json(204, ""));
        }
        case "/payouts" -> {
          payOut(JsonMapper.shared().readValue(request.body(), BankPayout.class));
          yield Optional.of(Page.json(204, ""));
        }
        default -> Optional.empty();
      };
    } catch (JacksonException e) {
      return Optional.of(
          Page.json(
              400,
              JsonMapper.shared().writeValueAsString(Map.of("error", e.getOriginalMessage()))));
    }
  }

  private void describe(Description description) {
    String account = description.account();
    if (description.transfers().equals(ACTIVE)) {
      withoutTransfers.remove(account);
    } else {
      withoutTransfers.add(account);
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("id", account);
    json.put("object", "account");
    json.put("capabilities", Map.of("transfers", description.transfers()));
    json.put("charges_enabled", true);
    json.put("details_submitted", true);
    json.put("payouts_enabled", description.payoutsEnabled());
    json.put(
        "requirements",
        Map.of("currently_due", List.of(), "eventually_due", List.of(), "past_due", List.of()));
    json.put("type", "express");
    report(account, "account.updated", json);
  }

  private void payOut(BankPayout payout) {
    String failure = payout.failureCode();
    var json = new LinkedHashMap<String, Object>();
    json.put("id", StripeId.next("po"));
    json.put("object", "payout");
    json.put("amount", payout.amount());
    json.put("automatic", true);
    json.put("currency", payout.currency());
    json.put("failure_code", failure);
    json.put("livemode", false);
    json.put("metadata", Map.of());
    json.put("status", failure == null ? "paid" : "failed");
    report(payout.account(), failure == null ? "payout.paid" : "payout.failed", json);
  }

  private void report(String account, String type, Map<String, Object> object) {
    events.accept(SimulatedStripeEvent.of(account, type, object, clock.instant()));
  }

  /**
   * A description.
   *
   * @param transfers the state of the capability: active, pending or inactive
   */
  private record Description(String account, boolean payoutsEnabled, String transfers) {}

  /**
   * A payout to the account's bank.
   *
   * @param failureCode null if the bank takes it
   */
  private record BankPayout(
      String account, long amount, String currency, @Nullable String failureCode) {}
}
