package dev.mainstay.sandbox.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A vendor's own wire format, behind ledger and dial. */
public interface VendorSimulator {

  /** The request's key at the vendor: an idempotency key, a recipient, ... */
  String keyOf(Request request);

  /**
   * The keys under which a behaviour may be set, in the order of preference: {@link #keyOf}, unless
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
   * The response to a request beside the vendor's API, such as a page for people or a control for
   * tests: neither recorded in the ledger nor subject to faults. Empty for any other request.
   */
  default Optional<Page> beside(Request request) {
    return Optional.empty();
  }

  /**
   * A request.
   *
   * @param query the raw query string; empty if there is none
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
