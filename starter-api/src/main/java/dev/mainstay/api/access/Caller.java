package dev.mainstay.api.access;

import dev.mainstay.api.request.ReceivedRequest;
import org.jspecify.annotations.Nullable;

/**
 * The caller and the request's identity: an argument of handler methods, after the body.
 *
 * @param idempotencyKey the client's own name for the request; null if there is none, or the
 *     handler is not {@link Idempotent}
 */
public record Caller(
    ApiClient client,
    String correlationId,
    @Nullable String idempotencyKey,
    ReceivedRequest request) {

  /** The owner of the API key, as the audit log names it. */
  public String name() {
    return client.owner();
  }

  public boolean isOperator() {
    return client.roles().contains(Role.OPERATOR);
  }
}
