package dev.mainstay.activities.notification.gateway;

import com.google.auth.oauth2.GoogleCredentials;
import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.gateway.Delivery.Accepted;
import dev.mainstay.activities.notification.gateway.Delivery.Refused;
import dev.mainstay.activities.notification.gateway.Delivery.Refused.Why;
import dev.mainstay.activities.notification.gateway.Delivery.Unknown;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Firebase Cloud Messaging, HTTP v1. It has no batches: each message is a request, on a connection
 * that is kept.
 *
 * <p>Our id is the notification's tag on Android and the web and its collapse id at Apple's, so
 * that a device shows a message that is sent twice only once.
 */
public final class FcmPushGateway implements PushGateway {

  /** The scope that a service account needs. */
  public static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final RestClient fcm;
  private final String project;
  private final GoogleCredentials account;
  private final JsonMapper json = JsonMapper.shared();

  /**
   * Sends for a Firebase project.
   *
   * @param base {@code https://fcm.googleapis.com}
   * @param account with {@link #SCOPE}
   * @param timeout the limit for an answer
   */
  public FcmPushGateway(URI base, String project, GoogleCredentials account, Duration timeout) {
    var requests =
        new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(CONNECT).build());
    requests.setReadTimeout(timeout);
    this.fcm = RestClient.builder().baseUrl(base.toString()).requestFactory(requests).build();
    this.project = project;
    this.account = account;
  }

  @Override
  public Delivery send(Push push) {
    String token = accessToken();
    try {
      return fcm.post()
          .uri("/v1/projects/{project}/messages:send", project)
          .header("Authorization", "Bearer " + token)
          .contentType(MediaType.APPLICATION_JSON)
          .accept(MediaType.APPLICATION_JSON)
          .body(body(push))
          .exchangeForRequiredValue((_, response) ->
              outcome(
                  response.getStatusCode(),
                  new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8)));
    } catch (ResourceAccessException failure) {
      if (wasNotReached(failure.getCause())) {
        throw new NotReachedException("FCM was not reached");
      }
      return new Unknown("the connection was lost, or there was no answer in time");
    }
  }

  private String accessToken() {
    try {
      account.refreshIfExpired();
      return Objects.requireNonNull(account.getAccessToken(), "no token").getTokenValue();
    } catch (IOException failure) {
      throw new NotReachedException(
          "FCM's token server gave no token: " + failure.getClass().getSimpleName());
    }
  }

  private byte[] body(Push push) {
    String id = push.messageId().toString();
    Map<String, Object> message =
        Map.of(
            "token", push.token(),
            "notification", Map.of("title", push.title(), "body", push.text()),
            "data", Map.of("messageId", id),
            "android", Map.of("notification", Map.of("tag", id)),
            "apns", Map.of("headers", Map.of("apns-collapse-id", id)),
            "webpush", Map.of("notification", Map.of("tag", id)));
    return json.writeValueAsBytes(Map.of("message", message));
  }

  private Delivery outcome(HttpStatusCode status, String body) {
    JsonNode answer = parsed(body);
    if (status.is2xxSuccessful()) {
      String name = answer.path("name").asString("");
      return name.isEmpty() ? new Unknown("its answer names no message") : new Accepted(name);
    }
    String code = errorCode(answer);
    String said = "FCM " + code + " (" + status.value() + ")";
    return switch (code) {
      case "UNREGISTERED" -> new Refused(Why.GONE, said);
      case "INVALID_ARGUMENT" -> new Refused(isOfToken(answer) ? Why.ADDRESS : Why.REJECTED, said);
      case "QUOTA_EXCEEDED", "RESOURCE_EXHAUSTED", "UNAVAILABLE" ->
          throw new NotReachedException("FCM takes no more messages now: " + said);
      case "UNAUTHENTICATED", "PERMISSION_DENIED" ->
          throw new NotReachedException("FCM does not let our account send: " + said);
      default -> status.is5xxServerError() ? new Unknown(said) : new Refused(Why.REJECTED, said);
    };
  }

  private JsonNode parsed(String body) {
    try {
      return json.readTree(body);
    } catch (JacksonException _) {
      return json.missingNode();
    }
  }

  /** FCM's own code where it has one, else that of Google's APIs. */
  private static String errorCode(JsonNode answer) {
    JsonNode error = answer.path("error");
    return error
        .path("details")
        .valueStream()
        .map(detail -> detail.path("errorCode").asString(""))
        .filter(code -> !code.isEmpty())
        .findFirst()
        .orElseGet(() -> error.path("status").asString("without a code"));
  }

  private static boolean isOfToken(JsonNode answer) {
    return answer
        .path("error")
        .path("details")
        .valueStream()
        .flatMap(detail -> detail.path("fieldViolations").valueStream())
        .anyMatch(violation -> violation.path("field").asString("").equals("message.token"));
  }

  private static boolean wasNotReached(@Nullable Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnresolvedAddressException;
  }
}
