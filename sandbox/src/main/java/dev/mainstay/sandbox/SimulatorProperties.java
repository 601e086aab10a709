package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * How the applications are pointed to the simulators, in place of the vendors.
 *
 * @param bases of the simulators, by name
 * @param smtpPort the port to which mails are sent
 * @param api origin of our own API, to which Twilio reports the status of messages
 */
record SimulatorProperties(
    Map<String, String> bases, int smtpPort, String api, Secrets secrets, Home home) {

  /** The properties of a running sandbox. */
  static SimulatorProperties of(Home home, Status status) {
    String smtp = status.smtpAddress();
    return new SimulatorProperties(
        status.simulators(),
        Integer.parseInt(smtp.substring(smtp.lastIndexOf(':') + 1)),
        status.api(),
        Secrets.of(home),
        home);
  }

  /** Properties of a worker host, which asks them. */
  List<String> ofWorkerHost() {
    return List.of(
        "STRIPE_SECRET_KEY=sk_test_simulated",
        "STRIPE_LIVEMODE=false",
        "mainstay.stripe.api-base=" + base("stripe"),
        "ADMIN_SERVICE_URL=" + base("admin"),
        "SMTP_HOST=127.0.0.1",
        "SMTP_PORT=" + smtpPort,
        "EMAIL_FROM=Mainstay <hello@sandbox.example>",
        "mainstay.email.tls=none",
        "TWILIO_ACCOUNT_SID=" + secrets.twilio().sid(),
        "TWILIO_AUTH_TOKEN=" + secrets.twilio().token(),
        "TWILIO_FROM=" + secrets.twilio().number(),
        "MAINSTAY_PUBLIC_URL=" + api,
        "mainstay.sms.api-base=" + base("twilio"),
        "GOOGLE_APPLICATION_CREDENTIALS=" + home.fcmKey(),
        "mainstay.push.api-base=" + base("fcm"),
        "mainstay.messages.marketplace=Sandbox",
        "mainstay.messages.unsubscribe-url=https://sandbox.example/unsubscribe?customer={customer}",
        "mainstay.messages.invite-url=https://sandbox.example/join",
        "mainstay.messages.password-reset-url=https://sandbox.example/reset/{token}",
        "mainstay.messages.download-url=" + api + "/api/v1/downloads/{token}");
  }

  /** Properties of the API, which receives their reports. */
  List<String> ofApi() {
    return List.of(
        "STRIPE_WEBHOOK_SECRET=" + secrets.stripeWebhookSecret(),
        "STRIPE_LIVEMODE=false",
        "TWILIO_AUTH_TOKEN=" + secrets.twilio().token(),
        "MAINSTAY_PUBLIC_URL=" + api);
  }

  private String base(String name) {
    return requireNonNull(bases.get(name));
  }
}
