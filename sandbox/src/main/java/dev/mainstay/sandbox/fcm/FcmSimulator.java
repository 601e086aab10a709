package dev.mainstay.sandbox.fcm;

import dev.mainstay.sandbox.simulator.Fault;
import dev.mainstay.sandbox.simulator.Form;
import dev.mainstay.sandbox.simulator.Ledger.Outcome;
import dev.mainstay.sandbox.simulator.VendorSimulator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * FCM's HTTP v1: {@code POST /v1/projects/{project}/messages:send}. A refusal that the dial wants
 * is UNREGISTERED.
 *
 * <p>Beside the API: {@code POST /token} is Google's token server, {@code POST /uninstall {token}}
 * a device that removes the app.
 */
public final class FcmSimulator implements VendorSimulator {

  private static final String SEND = "/v1/projects/" + ServiceAccount.PROJECT + "/messages:send";
  private static final String FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError";
  private static final String BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";

  private final ServiceAccount account;
  private final JsonMapper json = JsonMapper.shared();
  private final Set<String> accessTokens = ConcurrentHashMap.newKeySet();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();

  /** A simulator that serves a single account. */
  public FcmSimulator(ServiceAccount account) {
    this.account = account;
  }

  /** A device that removes the app. */
  private record Uninstalled(String token) {}

  @Override
  public String keyOf(Request request) {
    return token(request.body()).orElseGet(request::path);
  }

  @Override
  public Reply answer(Request request, Fault wish) {
    return switch (wish) {
      case REFUSE -> unregistered();
      case FAIL -> error(500, "INTERNAL", "INTERNAL", Outcome.FAILED);
      case OBEY -> obey(request);
      case OBEY_THEN_FAIL -> error(500, "INTERNAL", "INTERNAL", obey(request).outcome());
    };
  }

  @Override
  public Reply tooMany() {
    return error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", Outcome.REFUSED);
  }

  @Override
  public Optional<Page> beside(Request request) {
    return switch (request.method() + " " + request.path()) {
      case "POST /token" -> Optional.of(giveToken(Form.parse(request.body())));
      case "POST /uninstall" -> Optional.of(uninstall(request.body()));
      default -> Optional.empty();
    };
  }

  private Page giveToken(Form form) {
    if (!account.signed(Objects.requireNonNullElse(form.value("assertion"), ""))) {
      return Page.json(400, "{\"error\": \"invalid_grant\"}");
    }
    String token = "ya29." + UUID.randomUUID();
    accessTokens.add(token);
    return Page.json(
        200,
        json.writeValueAsString(
            Map.of("access_token", token, "expires_in", 3599, "token_type", "Bearer")));
  }

  private Page uninstall(String body) {
    try {
      gone.add(json.readValue(body, Uninstalled.class).token());
      return Page.json(204, "");
    } catch (JacksonException e) {
      return Page.json(400, json.writeValueAsString(Map.of("error", e.getOriginalMessage())));
    }
  }

  private Reply obey(Request request) {
    String bearer = request.headers().getOrDefault("authorization", "");
    if (!bearer.startsWith("Bearer ") || !accessTokens.contains(bearer.substring(7))) {
      return error(401, "UNAUTHENTICATED", "", Outcome.REFUSED);
    }
    if (!request.method().equals("POST") || !request.path().equals(SEND)) {
      return error(404, "NOT_FOUND", "", Outcome.REFUSED);
    }
    Optional<String> token = token(request.body());
    if (token.isEmpty() || token.get().isBlank()) {
      return invalid("message.token");
    }
    if (gone.contains(token.get())) {
      return unregistered();
    }
    String name = "projects/" + ServiceAccount.PROJECT + "/messages/" + UUID.randomUUID();
    return new Reply(
        200, Map.of(), json.writeValueAsString(Map.of("name", name)), Outcome.ACCEPTED);
  }

  private Optional<String> token(String body) {
    try {
      JsonNode token = json.readTree(body).path("message").path("token");
      return token.isString() ? Optional.of(token.asString()) : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private Reply unregistered() {
    return error(404, "NOT_FOUND", "UNREGISTERED", Outcome.REFUSED);
  }

  private Reply invalid(String field) {
    return error(
        400,
        "INVALID_ARGUMENT",
        List.of(
            Map.of("@type", FCM_ERROR, "errorCode", "INVALID_ARGUMENT"),
            Map.of("@type", BAD_REQUEST, "fieldViolations", List.of(Map.of("field", field)))),
        Outcome.REFUSED);
  }

  private Reply error(int code, String status, String fcm, Outcome outcome) {
    return error(
        code,
        status,
        fcm.isEmpty() ? List.of() : List.of(Map.of("@type", FCM_ERROR, "errorCode", fcm)),
        outcome);
  }

  private Reply error(int code, String status, List<?> details, Outcome outcome) {
    return new Reply(
        code,
        Map.of(),
        json.writeValueAsString(
            Map.of(
                "error",
                Map.of("code", code, "message", status, "status", status, "details", details))),
        outcome);
  }
}
