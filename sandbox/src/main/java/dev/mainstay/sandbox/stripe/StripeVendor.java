package dev.mainstay.sandbox.stripe;

import static java.util.Objects.requireNonNull;

import dev.mainstay.sandbox.simulator.Form;
import dev.mainstay.sandbox.simulator.Ledger.Outcome;
import dev.mainstay.sandbox.simulator.Vendor;
import dev.mainstay.sandbox.simulator.Wish;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of Stripe's API that the product uses. Kept as Stripe keeps it: the first answer to an
 * Idempotency-Key is given to every repeat, other parameters under the same key are an error.
 */
public final class StripeVendor implements Vendor {

  private static final String INTENT = "payment_intent";

  private static final Pattern ONE = Pattern.compile("/v1/payment_intents/(pi_\\w+)");
  private static final Pattern REFUND = Pattern.compile("/v1/refunds/(re_\\w+)");
  private static final Pattern CONFIRM = Pattern.compile("/v1/payment_intents/(pi_\\w+)/confirm");

  private final InstantSource clock;
  private final Consumer<StripeEvent> events;
  private final JsonMapper json = JsonMapper.shared();
  private final Map<String, PaymentIntent> intents = new ConcurrentHashMap<>();
  private final Refunds refunds = new Refunds();
  private final Map<String, FirstAnswer> firstAnswers = new ConcurrentHashMap<>();

  /**
   * An empty account.
   *
   * @param events is given what a webhook would be told
   */
  public StripeVendor(InstantSource clock, Consumer<StripeEvent> events) {
    this.clock = clock;
    this.events = events;
  }

  @Override
  public String keyOf(Request request) {
    return request.headers().getOrDefault("idempotency-key", request.path());
  }

  @Override
  public Reply answer(Request request, Wish wish) {
    String key = request.headers().get("idempotency-key");
    if (key == null || !request.method().equals("POST")) {
      return act(request, wish);
    }
    var replayed = new boolean[] {true};
    FirstAnswer first =
        firstAnswers.compute(
            key,
            (_, known) -> {
              if (known != null) {
                return known;
              }
              replayed[0] = false;
              return new FirstAnswer(request, act(request, wish));
            });
    if (!replayed[0]) {
      if (first.reply().status() == 400) {
        // What Stripe finds wrong before it begins is not kept
        firstAnswers.remove(key);
      }
      return first.reply();
    }
    if (!first.answers(request)) {
      return error(
          400,
          "idempotency_error",
          "Keys for idempotent requests can only be used with the same parameters they were first used with.");
    }
    return new Reply(
        first.reply().status(),
        Map.of("Idempotent-Replayed", "true"),
        first.reply().body(),
        Outcome.REPLAYED);
  }

  @Override
  public Reply tooMany() {
    return error(429, "rate_limit_error", "Too many requests");
  }

  private Reply act(Request request, Wish wish) {
    return switch (wish) {
      case REFUSE -> error(402, "card_error", "Your card was declined.");
      case FAIL -> error(500, "api_error", "The simulator was told to fail.");
      case OBEY -> obey(request);
    };
  }

  private Reply obey(Request request) {
    if (request.method().equals("POST") && request.path().equals("/v1/payment_intents")) {
      return create(Form.parse(request.body()));
    }
    Matcher one = ONE.matcher(request.path());
    if (request.method().equals("GET") && one.matches()) {
      PaymentIntent intent = intents.get(one.group(1));
      return intent == null ? missing(INTENT, one.group(1)) : accepted(intent.json());
    }
    Matcher confirm = CONFIRM.matcher(request.path());
    if (request.method().equals("POST") && confirm.matches()) {
      PaymentIntent intent = intents.get(confirm.group(1));
      return intent == null ? missing(INTENT, confirm.group(1)) : confirm(intent);
    }
    if (request.path().equals("/v1/refunds")) {
      return request.method().equals("POST")
          ? refund(Form.parse(request.body()))
          : refunds(Form.parse(request.query()));
    }
    Matcher refund = REFUND.matcher(request.path());
    if (request.method().equals("GET") && refund.matches()) {
      return refunds
          .find(refund.group(1))
          .map(found -> accepted(found.json()))
          .orElseGet(() -> missing("refund", refund.group(1)));
    }
    return error(
        404,
        "invalid_request_error",
        "Unrecognized request URL (%s: %s).".formatted(request.method(), request.path()));
  }

  private Reply create(Form form) {
    String amount = form.value("amount");
    String currency = form.value("currency");
    if (amount == null || !amount.matches("\\d{1,8}")) {
      return error(400, "invalid_request_error", "Missing or invalid required param: amount.");
    }
    if (currency == null || !currency.matches("[a-z]{3}")) {
      return error(400, "invalid_request_error", "Missing or invalid required param: currency.");
    }
    var intent =
        new PaymentIntent(
            StripeId.next("pi"),
            Long.parseLong(amount),
            currency,
            form.map("metadata"),
            clock.instant(),
            PaymentIntent.Status.REQUIRES_CONFIRMATION);
    intents.put(intent.id(), intent);
    return "true".equals(form.value("confirm")) ? confirm(intent) : accepted(intent.json());
  }

  private Reply confirm(PaymentIntent intent) {
    Instant now = clock.instant();
    var first = new boolean[1];
    PaymentIntent confirmed =
        requireNonNull(
            intents.computeIfPresent(
                intent.id(),
                (_, known) -> {
                  first[0] = known.status() == PaymentIntent.Status.REQUIRES_CONFIRMATION;
                  return known.confirmed();
                }));
    if (!first[0]) {
      return error(
          400,
          "invalid_request_error",
          "You cannot confirm this PaymentIntent because it has already succeeded.");
    }
    events.accept(StripeEvent.about("payment_intent.succeeded", confirmed.json(), now));
    return accepted(confirmed.json());
  }

  private Reply refund(Form form) {
    String id = form.value(INTENT);
    PaymentIntent intent = id == null ? null : intents.get(id);
    if (intent == null) {
      return missing(INTENT, String.valueOf(id));
    }
    if (intent.status() != PaymentIntent.Status.SUCCEEDED) {
      return error(
          400,
          "invalid_request_error",
          "This PaymentIntent does not have a successful charge to refund.");
    }
    String amount = form.value("amount");
    if (amount != null && !amount.matches("[1-9]\\d{0,7}")) {
      return error(400, "invalid_request_error", "Invalid integer: amount.");
    }
    Instant now = clock.instant();
    long wanted = amount == null ? refunds.left(intent) : Long.parseLong(amount);
    Optional<Refund> made =
        wanted == 0 ? Optional.empty() : refunds.make(intent, wanted, form.map("metadata"), now);
    if (made.isEmpty()) {
      return refunds.left(intent) == 0
          ? error(
              400,
              "invalid_request_error",
              "charge_already_refunded",
              "Charge " + PaymentIntent.chargeOf(intent.id()) + " has already been refunded.")
          : error(
              400,
              "invalid_request_error",
              "Refund amount (%d) is greater than unrefunded amount on charge (%d)"
                  .formatted(wanted, refunds.left(intent)));
    }
    Refund refund = made.get();
    events.accept(StripeEvent.about("refund.created", refund.json(), now));
    events.accept(
        StripeEvent.about("charge.refunded", intent.charge(refunds.refunded(intent.id())), now));
    return accepted(refund.json());
  }

  /** All of them on one page, the newest first. */
  private Reply refunds(Form query) {
    String intent = query.value(INTENT);
    var page = new LinkedHashMap<String, Object>();
    page.put("object", "list");
    page.put("url", "/v1/refunds");
    page.put("has_more", false);
    page.put(
        "data",
        intent == null
            ? List.of()
            : refunds.of(intent).reversed().stream().map(Refund::json).toList());
    return accepted(page);
  }

  private Reply accepted(Map<String, ?> object) {
    return new Reply(200, Map.of(), json.writeValueAsString(object), Outcome.ACCEPTED);
  }

  private Reply missing(String what, String id) {
    return error(
        404, "invalid_request_error", "resource_missing", "No such " + what + ": '" + id + "'");
  }

  private Reply error(int status, String type, String message) {
    return error(status, type, status == 402 ? "card_declined" : null, message);
  }

  private Reply error(int status, String type, @Nullable String code, String message) {
    var error = new LinkedHashMap<String, String>();
    error.put("type", type);
    error.put("message", message);
    if (code != null) {
      error.put("code", code);
    }
    return new Reply(
        status,
        Map.of(),
        json.writeValueAsString(Map.of("error", error)),
        status >= 500 ? Outcome.FAILED : Outcome.REFUSED);
  }

  private record FirstAnswer(Request request, Reply reply) {
    boolean answers(Request other) {
      return request.path().equals(other.path()) && request.body().equals(other.body());
    }
  }
}
