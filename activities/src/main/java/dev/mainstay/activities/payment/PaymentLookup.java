package dev.mainstay.activities.payment;

import java.util.Optional;

/** A payment provider that can be asked for a payment. A provider without an answer throws. */
public interface PaymentLookup {

  /** The payment with this id; empty if the provider has none. */
  Optional<ReceivedPayment> find(String paymentId);

  /**
   * A payment as its provider has it.
   *
   * @param id under which the money was received: another one where a Checkout session was named
   * @param receivedMinor what was received, in minor units of the currency
   * @param currency in upper case
   * @param status in the provider's words
   * @param succeeded whether the money was received in full
   */
  record ReceivedPayment(
      String id, long receivedMinor, String currency, String status, boolean succeeded) {}
}
