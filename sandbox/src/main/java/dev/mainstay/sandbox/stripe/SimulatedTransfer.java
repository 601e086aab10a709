package dev.mainstay.sandbox.stripe;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A transfer to a connected account, with the fields that clients look at. */
record SimulatedTransfer(
    String id,
    long amount,
    String currency,
    String destination,
    @Nullable String group,
    Map<String, String> metadata,
    Instant created,
    boolean reversed) {

  SimulatedTransfer reverse() {
    return new SimulatedTransfer(id, amount, currency, destination, group, metadata, created, true);
  }

  /** As Stripe's API shows it. */
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", id);
    json.put("object", "transfer");
    json.put("amount", amount);
    json.put("amount_reversed", reversed ? amount : 0);
    json.put("balance_transaction", id.replaceFirst("^tr_", "txn_"));
    json.put("created", created.getEpochSecond());
    json.put("currency", currency);
    json.put("destination", destination);
    json.put("destination_payment", id.replaceFirst("^tr_", "py_"));
    json.put("livemode", false);
    json.put("metadata", metadata);
    json.put("reversals", Map.of("object", "list", "data", List.of(), "has_more", false));
    json.put("reversed", reversed);
    json.put("source_type", "card");
    if (group != null) {
      json.put("transfer_group", group);
    }
    return json;
  }
}
