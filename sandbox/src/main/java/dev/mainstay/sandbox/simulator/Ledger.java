package dev.mainstay.sandbox.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests that a simulator received, and their real effects. */
public final class Ledger {

  private final List<Item> items = new ArrayList<>();

  /** The outcome of a request. */
  public enum Outcome {
    /** Really done, with its reply lost or not. */
    @JsonProperty("accepted")
    ACCEPTED,
    /** Not done, and asking again will not help; also one too many in a second. */
    @JsonProperty("refused")
    REFUSED,
    /** Not done, for a reason of the simulator's own. */
    @JsonProperty("failed")
    FAILED,
    /** Answered as the first request with its idempotency key was; nothing done. */
    @JsonProperty("replayed")
    REPLAYED
  }

  /**
   * One request.
   *
   * @param operation the vendor's own path, as {@code POST /v1/transfers}
   * @param key what the vendor knows the request by
   * @param request the body as it came
   */
  public record Item(Instant at, String operation, String key, String request, Outcome outcome) {}

  /** Adds what has just been answered. */
  public synchronized void add(Item item) {
    items.add(item);
  }

  /** In the order of the answers. */
  public synchronized List<Item> items() {
    return List.copyOf(items);
  }

  /**
   * The items after the given position, in the order of the answers.
   *
   * @param key the key of the items; null for all
   */
  List<Item> items(@Nullable String key, int after, int limit) {
    return items().stream()
        .skip(after)
        .filter(item -> key == null || item.key().equals(key))
        .limit(limit)
        .toList();
  }

  synchronized int size() {
    return items.size();
  }
}
