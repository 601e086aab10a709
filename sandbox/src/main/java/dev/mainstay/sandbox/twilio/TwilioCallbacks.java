package dev.mainstay.sandbox.twilio;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts what happened, signed, once, as Twilio does: what does not arrive is lost. */
public final class TwilioCallbacks implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int AT_ONCE = 4;
  private static final Logger log = LoggerFactory.getLogger(TwilioCallbacks.class);

  private final TwilioAccount account;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService posts =
      Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("twilio-", 0).factory());

  public TwilioCallbacks(TwilioAccount account) {
    this.account = account;
  }

  /** Returns immediately. */
  void post(URI url, Map<String, String> parameters) {
    posts.execute(() -> send(url, parameters));
  }

  @Override
  public void close() {
    posts.shutdownNow();
    client.shutdownNow();
  }

  private void send(URI url, Map<String, String> parameters) {
    String body =
        parameters.entrySet().stream()
            .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Twilio-Signature", account.signature(url.toString(), parameters))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        log.warn("{} answered {} to a callback of Twilio's", url.getPath(), status);
      }
    } catch (IOException e) {
      log.warn("{} did not answer to a callback of Twilio's: {}", url.getPath(), e.toString());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
