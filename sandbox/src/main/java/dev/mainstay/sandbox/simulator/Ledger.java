package dev.mainstay.sandbox.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a simulator was asked, and what it really did. */
public final class Ledger {

  private final List<Item> items = new ArrayList<>();

  /** What became of a request. */
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

  synchronized void add(Item item) {
    items.add(item);
  }

  /** In the order of the answers. */
  public synchronized List<Item> items() {
    return List.copyOf(items);
  }
}
