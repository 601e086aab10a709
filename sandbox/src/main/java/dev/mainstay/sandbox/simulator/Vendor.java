package dev.mainstay.sandbox.simulator;

import java.util.Map;

/** A vendor's own wire format, behind ledger and dial. */
public interface Vendor {

  /** What the vendor knows the request by: an idempotency key, a recipient, ... */
  String keyOf(Request request);

  /** Does what the request asks, or what the dial wants instead. */
  Reply answer(Request request, Wish wish);

  /** The vendor's answer to one request too many. */
  Reply tooMany();

  /**
   * A request.
   *
   * @param query what stands behind the path's question mark, as it came; empty where there is none
   * @param headers by lower-case name
   */
  record Request(
      String method, String path, String query, Map<String, String> headers, String body) {}

  /** A reply of JSON. */
  record Reply(int status, Map<String, String> headers, String body, Ledger.Outcome outcome) {}
}
