package dev.mainstay.api.request;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import tools.jackson.databind.JsonNode;

/**
 * A request as it was received.
 *
 * @param body null where the request had none
 */
public record ReceivedRequest(String method, String path, @Nullable JsonNode body) {

  private static final String BODY = ReceivedRequest.class.getName() + ".body";

  /** Keeps the body of the current request for the request's caller. */
  static void keepBody(JsonNode body) {
    RequestContextHolder.currentRequestAttributes()
        .setAttribute(BODY, body, RequestAttributes.SCOPE_REQUEST);
  }

  /** The body of the request as far as it was read. */
  public static @Nullable JsonNode bodyOf(RequestAttributes request) {
    return (JsonNode) request.getAttribute(BODY, RequestAttributes.SCOPE_REQUEST);
  }

  /** Without the body, which holds personal data. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
