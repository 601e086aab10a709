package dev.mainstay.sandbox.stripe;

import dev.mainstay.sandbox.simulator.Form;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All transfers, in the order in which they were made, and the money that they are made from. */
final class SimulatedTransfers {

  private final List<SimulatedTransfer> made = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();

  /** By currency; of one that is not here there is always enough. */
  private final Map<String, Long> available = new HashMap<>();

  /** There is so much from now on; null for always enough. */
  synchronized void haveAvailable(String currency, @Nullable Long amount) {
    if (amount == null) {
      available.remove(currency);
    } else {
      available.put(currency, amount);
    }
  }

  synchronized Map<String, Long> available() {
    return Map.copyOf(available);
  }

  /** Makes one, unless there is too little money for it. */
  synchronized Optional<SimulatedTransfer> make(
      long amount,
      String currency,
      String destination,
      @Nullable String group,
      Map<String, String> metadata,
      Instant at) {
    Long left = available.get(currency);
    if (left != null) {
      if (left < amount) {
        return Optional.empty();
      }
      available.put(currency, left - amount);
    }
    var transfer =
        new SimulatedTransfer(
            StripeId.next("tr"), amount, currency, destination, group, metadata, at, false);
    places.put(transfer.id(), made.size());
    made.add(transfer);
    return Optional.of(transfer);
  }

  synchronized Optional<SimulatedTransfer> find(String id) {
    return Optional.ofNullable(places.get(id)).map(made::get);
  }

  /** Takes the whole amount back, unless that was done before. */
  synchronized Optional<SimulatedTransfer> reverse(String id) {
    Optional<SimulatedTransfer> reversed =
        find(id).filter(one -> !one.reversed()).map(SimulatedTransfer::reverse);
    reversed.ifPresent(one -> {
      made.set(Objects.requireNonNull(places.get(id)), one);
      available.computeIfPresent(one.currency(), (_, left) -> left + one.amount());
    });
    return reversed;
  }

  /**
   * The newest first, those of a group and of a time where the query names them.
   *
   * @param query after a transfer that exists, if it names one
   */
  synchronized List<SimulatedTransfer> list(Form query) {
    String group = query.value("transfer_group");
    String destination = query.value("destination");
    String before = query.value("starting_after");
    long from =
        Math.max(
            number(query.value("created[gte]"), Long.MIN_VALUE),
            number(query.value("created[gt]"), Long.MIN_VALUE) + 1);
    long until =
        Math.min(
            number(query.value("created[lt]"), Long.MAX_VALUE),
            number(query.value("created[lte]"), Long.MAX_VALUE - 1) + 1);
    int last = before == null ? made.size() : Objects.requireNonNull(places.get(before));
    return made.subList(0, last).reversed().stream()
        .filter(one -> group == null || group.equals(one.group()))
        .filter(one -> destination == null || destination.equals(one.destination()))
        .filter(
            one -> one.created().getEpochSecond() >= from && one.created().getEpochSecond() < until)
        .limit(number(query.value("limit"), 10) + 1)
        .toList();
  }

  private static long number(@Nullable String text, long otherwise) {
    return text == null ? otherwise : Long.parseLong(text);
  }
}
