package dev.mainstay.sandbox.stripe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to a webhook, signed again at each try, until it answers 2xx: after 1 s, 2 s, 4 s
 * and so on, at most a minute apart, for three days.
 */
public final class WebhookDelivery implements Consumer<SimulatedStripeEvent>, AutoCloseable {

  private static final Duration GIVES_UP_AFTER = Duration.ofDays(3);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long MOST_SECONDS_APART = 60;
  private static final Logger log = LoggerFactory.getLogger(WebhookDelivery.class);

  private final URI webhook;
  private final String secret;
  private final InstantSource clock;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService tries =
      Executors.newScheduledThreadPool(4, Thread.ofPlatform().name("webhook-", 0).factory());

  public WebhookDelivery(URI webhook, String secret, InstantSource clock) {
    this.webhook = webhook;
    this.secret = secret;
    this.clock = clock;
  }

  @Override
  public void accept(SimulatedStripeEvent event) {
    tryIn(event, 0, 1, GIVES_UP_AFTER);
  }

  @Override
  public void close() {
    tries.shutdownNow();
    client.shutdownNow();
  }

  private void tryIn(SimulatedStripeEvent event, long seconds, long next, Duration patience) {
    if (patience.isNegative()) {
      log.error("The webhook never accepted {}", event.id());
      return;
    }
    var _ =
        tries.schedule(
            () -> {
              if (!taken(event)) {
                tryIn(
                    event,
                    next,
                    Math.min(2 * next, MOST_SECONDS_APART),
                    patience.minusSeconds(next));
              }
            },
            seconds,
            TimeUnit.SECONDS);
  }

  private boolean taken(SimulatedStripeEvent event) {
    var request =
        HttpRequest.newBuilder(webhook)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header(SimulatedStripeEvent.SIGNATURE_HEADER, event.signature(secret, clock.instant()))
            .POST(HttpRequest.BodyPublishers.ofString(event.body()))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      log.info("The webhook returned {} for {}", status, event.id());
      return status / 100 == 2;
    } catch (IOException e) {
      log.warn("The webhook did not reply to {}: {}", event.id(), e.toString());
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
