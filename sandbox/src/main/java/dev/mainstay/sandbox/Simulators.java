package dev.mainstay.sandbox;

import dev.mainstay.sandbox.admin.AdminServiceSimulator;
import dev.mainstay.sandbox.admin.TrainerCandidates;
import dev.mainstay.sandbox.fcm.FcmSimulator;
import dev.mainstay.sandbox.fcm.ServiceAccount;
import dev.mainstay.sandbox.server.PrivateFile;
import dev.mainstay.sandbox.simulator.SimulatorServer;
import dev.mainstay.sandbox.simulator.VendorSimulator;
import dev.mainstay.sandbox.smtp.SmtpSimulator;
import dev.mainstay.sandbox.stripe.StripeSimulator;
import dev.mainstay.sandbox.stripe.WebhookDelivery;
import dev.mainstay.sandbox.twilio.TwilioCallbacks;
import dev.mainstay.sandbox.twilio.TwilioSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The simulators of a sandbox, each on its port. */
final class Simulators {

  private final Ports ports;
  private final InstantSource clock;
  private final Consumer<AutoCloseable> keep;
  private final URI webhooks;
  private final Map<String, String> bases = new TreeMap<>();

  /**
   * Starts nothing yet.
   *
   * @param keep receives each started simulator, to close it
   * @param api origin of the API to which they report
   */
  Simulators(Ports ports, InstantSource clock, String api, Consumer<AutoCloseable> keep) {
    this.ports = ports;
    this.clock = clock;
    this.keep = keep;
    this.webhooks = URI.create(api + "/api/v1/webhooks/");
  }

  /** Starts all of them. */
  SimulatorProperties start(Secrets secrets, Home home, TrainerCandidates trainers) {
    var delivery =
        new WebhookDelivery(webhooks.resolve("stripe"), secrets.stripeWebhookSecret(), clock);
    keep.accept(delivery);
    start("stripe", ports.stripe(), new StripeSimulator(clock, delivery));
    start("admin", ports.admin(), new AdminServiceSimulator(trainers));
    var callbacks = new TwilioCallbacks(secrets.twilio());
    keep.accept(callbacks);
    start(
        "twilio",
        ports.twilio(),
        new TwilioSimulator(
            secrets.twilio(), callbacks, webhooks.resolve("twilio/inbound"), clock));
    var account = new ServiceAccount();
    String fcm = start("fcm", ports.fcm(), new FcmSimulator(account));
    PrivateFile.write(home.fcmKey(), account.key(fcm));
    startSmtp();
    return new SimulatorProperties(
        Map.copyOf(bases), ports.smtp(), "http://127.0.0.1:" + ports.api(), secrets, home);
  }

  private String start(String name, int port, VendorSimulator vendor) {
    try {
      var simulator = new SimulatorServer(port, vendor, clock);
      keep.accept(simulator);
      bases.put(name, simulator.base());
      return simulator.base();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startSmtp() {
    try {
      var smtp = new SmtpSimulator(ports.mailbox(), ports.smtp(), clock);
      keep.accept(smtp);
      bases.put("smtp", smtp.base());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
