package dev.mainstay.api.stripe;

import java.util.Arrays;
import java.util.Optional;

/** Why an event is acknowledged and not acted on, whatever its type. */
enum SetAside {
  OTHER_MODE(
      "other-mode",
      "Stripe sends events of the other mode: test data is never acted on in a live installation, nor live data in a test"
          + " installation. Compare STRIPE_LIVEMODE (mainstay.stripe.livemode) with the webhook endpoint."),
  THIN_EVENT(
      "thin-event",
      "Stripe sends thin events, which do not contain what they are about: configure a snapshot destination, which is a"
          + " webhook endpoint with the payload style Snapshot, and remove the thin one.");

  private final String text;
  private final String advice;

  SetAside(String text, String advice) {
    this.text = text;
    this.advice = advice;
  }

  static Optional<SetAside> of(String text) {
    return Arrays.stream(values()).filter(reason -> reason.text.equals(text)).findFirst();
  }

  String text() {
    return text;
  }

  /** The next step for an operator. */
  String advice() {
    return advice;
  }
}
