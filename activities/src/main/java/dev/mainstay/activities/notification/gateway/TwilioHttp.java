package dev.mainstay.activities.notification.gateway;

import com.twilio.exception.ApiConnectionException;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * How Twilio's client reaches Twilio: with timeouts, each request once (its own client tries an
 * answer of 500 three times, and a message has no idempotency key), and at a base of our choice.
 */
public final class TwilioHttp extends com.twilio.http.HttpClient {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final URI base;
  private final Duration timeout;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /**
   * Reaches the API at a base.
   *
   * @param base in place of {@code https://api.twilio.com}
   * @param timeout the limit for an answer
   */
  public TwilioHttp(URI base, Duration timeout) {
    this.base = base;
    this.timeout = timeout;
  }

  @Override
  public Response reliableRequest(Request request, int[] retryCodes, int retries, long delay) {
    return makeRequest(request);
  }

  @Override
  public Response makeRequest(Request request) {
    URI asked = URI.create(request.constructURL().toString());
    String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    HttpRequest.Builder http =
        HttpRequest.newBuilder(base.resolve(asked.getRawPath() + query))
            .timeout(timeout)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(request.getMethod().toString(), body(request));
    if (request.requiresAuthentication()) {
      http.header("Authorization", request.getAuthString());
    }
    try {
      var answer = client.send(http.build(), BodyHandlers.ofString());
      return new Response(answer.body(), answer.statusCode());
    } catch (IOException failure) {
      throw new ApiConnectionException("Twilio did not answer", failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new ApiConnectionException("Stopped while Twilio was asked", failure);
    }
  }

  private static BodyPublisher body(Request request) {
    if (request.getMethod() == HttpMethod.GET) {
      return BodyPublishers.noBody();
    }
    return BodyPublishers.ofString(
        request.getPostParams().entrySet().stream()
            .flatMap(parameter ->
                parameter.getValue().stream()
                    .map(value -> encoded(parameter.getKey()) + "=" + encoded(value)))
            .collect(Collectors.joining("&")));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
