package dev.mainstay.activities.purchase;

import dev.mainstay.activities.purchase.AllocationGateway.Answer.Accepted;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.NoTrainer;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.Refused;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.Unknown;
import dev.mainstay.db.CanonicalUuid;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
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
 * The admin service over HTTP: {@code POST /allocations} with an {@code Idempotency-Key}, {@code
 * GET /allocations/{id}}. The id is the answer's, or the key where the answer has none. It is asked
 * once: how often is the step's to say.
 */
public final class AdminServiceGateway implements AllocationGateway {

  /** How long the service may take to be reached. */
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private static final DateTimeFormatter HH_MM = DateTimeFormatter.ofPattern("HH:mm");
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;
  private static final String NO_TRAINER = "no-trainer";

  private final RestClient service;
  private final JsonMapper json = JsonMapper.shared();

  /**
   * Asks the given admin service.
   *
   * @param base {@code ADMIN_SERVICE_URL}
   * @param timeout the limit for its answer
   */
  public AdminServiceGateway(URI base, Duration timeout) {
    var requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build());
    requests.setReadTimeout(timeout);
    this.service = RestClient.builder().baseUrl(base.toString()).requestFactory(requests).build();
  }

  @Override
  public Answer allocate(Wish wish) {
    String body =
        json.writeValueAsString(
            Map.of(
                "studentId", wish.studentId(),
                "courseId", wish.courseId(),
                "preferredTime", HH_MM.format(wish.preferredTime()),
                "zone", wish.zone()));
    return ask(
        service
            .post()
            .uri("/allocations")
            .header("Idempotency-Key", wish.key())
            .contentType(MediaType.APPLICATION_JSON)
            .body(body.getBytes(StandardCharsets.UTF_8)),
        wish.key());
  }

  @Override
  public Answer find(String id) {
    return ask(service.get().uri("/allocations/{id}", id), id);
  }

  private Answer ask(RestClient.RequestHeadersSpec<?> request, String id) {
    try {
      return request
          .accept(MediaType.APPLICATION_JSON)
          .exchangeForRequiredValue((_, response) ->
              answer(
                  response.getStatusCode(),
                  new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8),
                  id));
    } catch (ResourceAccessException failure) {
      if (wasNotReached(failure.getCause())) {
        throw new IllegalStateException("The admin service was not reached", failure);
      }
      return new Unknown("the connection was lost, or there was no answer in time");
    }
  }

  private Answer answer(HttpStatusCode status, String body, String id) throws IOException {
    if (status.is2xxSuccessful()) {
      return accepted(body, id);
    }
    if (status.is5xxServerError()) {
      return new Unknown("it answered " + status.value());
    }
    if (status.value() == TOO_MANY) {
      throw new IllegalStateException("The admin service takes no more requests now");
    }
    return status.value() == CONFLICT && body.contains(NO_TRAINER)
        ? new NoTrainer()
        // Not what it says: that may name a person, and this is kept in Temporal.
        : new Refused("it answered " + status.value());
  }

  private Answer accepted(String body, String id) {
    var noTrainer = new Unknown("its answer names no trainer");
    try {
      JsonNode answer = json.readTree(body);
      return CanonicalUuid.parse(answer.path("trainerId").asString(""))
          .map(trainer -> accepted(answer, id, trainer))
          .orElse(noTrainer);
    } catch (JacksonException e) {
      return noTrainer;
    }
  }

  private static Answer accepted(JsonNode answer, String id, UUID trainer) {
    return switch (answer.path("status").asString("")) {
      case "approved" -> new Accepted(answer.path("id").asString(id), trainer, false);
      case "active" -> new Accepted(answer.path("id").asString(id), trainer, true);
      default -> new Unknown("its answer is neither approved nor active");
    };
  }

  private static boolean wasNotReached(@Nullable Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnresolvedAddressException;
  }
}
