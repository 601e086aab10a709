package dev.mainstay.sandbox.load;

import dev.mainstay.sandbox.stripe.SimulatedStripeEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/** Sends signed Stripe events to a webhook, as Stripe does, but with less patience. */
public final class EventSender implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration GIVES_UP_AFTER = Duration.ofSeconds(60);
  private static final long RETRY_AFTER_MILLIS = 1_000;

  private final URI webhook;
  private final String secret;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Integer> refused = new ConcurrentSkipListMap<>();

  /**
   * To one webhook.
   *
   * @param secret that it knows our signature by
   */
  public EventSender(URI webhook, String secret) {
    this.webhook = webhook;
    this.secret = secret;
  }

  /** Sends an event until it is acknowledged; whether it was, within a minute. */
  public boolean send(SimulatedStripeEvent event) throws InterruptedException {
    Instant patience = Instant.now().plus(GIVES_UP_AFTER);
    while (!acknowledged(event)) {
      if (Instant.now().isAfter(patience)) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_AFTER_MILLIS);
    }
    return true;
  }

  /** How often each answer came that was no acknowledgement. */
  public Map<String, Integer> refused() {
    return Collections.unmodifiableMap(refused);
  }

  private boolean acknowledged(SimulatedStripeEvent event) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(webhook)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header(SimulatedStripeEvent.SIGNATURE_HEADER, event.signature(secret, Instant.now()))
            .POST(HttpRequest.BodyPublishers.ofString(event.body()))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 == 2) {
        return true;
      }
      refused.merge("HTTP " + status, 1, Integer::sum);
    } catch (IOException e) {
      refused.merge(e.toString(), 1, Integer::sum);
    }
    return false;
  }

  @Override
  public void close() {
    client.close();
  }
}
