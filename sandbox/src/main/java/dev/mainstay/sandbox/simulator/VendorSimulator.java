package dev.mainstay.sandbox.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A vendor's own wire format, behind ledger and dial. */
public interface VendorSimulator {

  /** What the vendor knows the request by: an idempotency key, a recipient, ... */
  String keyOf(Request request);

  /**
   * What a behaviour may be asked for by, what goes before first: what {@link #keyOf} says, unless
   * the vendor knows the request by more.
   */
  default List<String> dialedBy(Request request) {
    return List.of(keyOf(request));
  }

  /** Does what the request asks, or what the dial wants instead. */
  Reply answer(Request request, Fault wish);

  /** The vendor's answer to one request too many. */
  Reply tooMany();

  /**
   * What is answered beside the vendor's API, a page for people or a knob for tests: neither in the
   * ledger nor at the dial's mercy. Empty for a request that is none of these.
   */
  default Optional<Page> beside(Request request) {
    return Optional.empty();
  }

  /**
   * A request.
   *
   * @param query what stands behind the path's question mark, as it came; empty where there is none
   * @param headers by lower-case name
   */
  record Request(
      String method, String path, String query, Map<String, String> headers, String body) {}

  /** A page of any type. */
  record Page(int status, String contentType, Map<String, String> headers, String body) {

    /** One of JSON. */
    public static Page json(int status, String body) {
      return new Page(status, "application/json", Map.of(), body);
    }
  }

  /** A reply of JSON. */
  record Reply(int status, Map<String, String> headers, String body, Ledger.Outcome outcome) {}
}
