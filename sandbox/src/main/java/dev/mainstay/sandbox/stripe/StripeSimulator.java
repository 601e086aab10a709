package dev.mainstay.sandbox.stripe;

import static java.util.Objects.requireNonNull;

import dev.mainstay.sandbox.simulator.Fault;
import dev.mainstay.sandbox.simulator.Form;
import dev.mainstay.sandbox.simulator.Ledger.Outcome;
import dev.mainstay.sandbox.simulator.VendorSimulator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of Stripe's API that the product uses. Idempotency keys are kept as Stripe keeps them:
 * the first answer, be it an error, is given to every repeat for a day; a repeat that comes while
 * the first is at work is a conflict, other parameters under the same key are an error, and errors
 * found before the work begins are not kept. It is an account in test mode: live keys are refused.
 *
 * <p>Beside the API: {@code POST /balance {currency, available}} sets the money for transfers;
 * without it there is always enough. {@code POST /refunds {status}} sets the status of the refunds
 * that are made from now on, and {@code POST /refunds/{id} {status}} moves one on, as from pending
 * to failed. A transfer's behaviour can be set by its group, its idempotency key and its
 * destination; a refused transfer meets a closed account. See {@link SimulatedSessions} for what
 * customers do, and {@link SimulatedAccounts} for connected accounts.
 */
public final class StripeSimulator implements VendorSimulator {

  private static final String INTENT = "payment_intent";
  private static final String KEY = "idempotency-key";
  private static final Pattern LIVE_KEY = Pattern.compile("Bearer [a-z]+_live_.*");
  private static final String TRANSFERS = "/v1/transfers";
  private static final String POOR = "balance_insufficient";
  private static final Duration KEPT = Duration.ofDays(1);

  private static final Pattern MOVED = Pattern.compile("/refunds(?:/(re_\\w+))?");
  private static final Pattern ONE = Pattern.compile("/v1/payment_intents/(pi_\\w+)");
  private static final String SESSIONS = "/v1/checkout/sessions";
  private static final Pattern SESSION = Pattern.compile(SESSIONS + "/(cs_\\w+)");
  private static final Pattern REFUND = Pattern.compile("/v1/refunds/(re_\\w+)");
  private static final Pattern TRANSFER = Pattern.compile(TRANSFERS + "/(tr_\\w+)");
  private static final Pattern REVERSALS = Pattern.compile(TRANSFERS + "/(tr_\\w+)/reversals");
  private static final Pattern CONFIRM = Pattern.compile("/v1/payment_intents/(pi_\\w+)/confirm");

  private final InstantSource clock;
  private final Consumer<SimulatedStripeEvent> events;
  private final JsonMapper json = JsonMapper.shared();
  private final Map<String, PaymentIntent> intents = new ConcurrentHashMap<>();
  private final SimulatedRefunds refunds = new SimulatedRefunds();
  private final SimulatedTransfers transfers = new SimulatedTransfers();
  private final SimulatedSessions sessions;
  private final SimulatedAccounts accounts;
  private final Map<String, FirstAnswer> firstAnswers = new ConcurrentHashMap<>();

  /**
   * An empty account.
   *
   * @param events receives the events of a webhook
   */
  public StripeSimulator(InstantSource clock, Consumer<SimulatedStripeEvent> events) {
    this.clock = clock;
    this.events = events;
    this.sessions = new SimulatedSessions(intents, events, clock);
    this.accounts = new SimulatedAccounts(events, clock);
  }

  /** How much money there is. */
  private record Available(String currency, @Nullable Long available) {}

  @Override
  public String keyOf(Request request) {
    return dialedBy(request).getFirst();
  }

  @Override
  public List<String> dialedBy(Request request) {
    Form form = isTransfer(request) ? Form.parse(request.body()) : Form.parse("");
    List<String> keys =
        Stream.of(
                form.value("transfer_group"), request.headers().get(KEY), form.value("destination"))
            .filter(Objects::nonNull)
            .toList();
    return keys.isEmpty() ? List.of(request.path()) : keys;
  }

  private static boolean isTransfer(Request request) {
    return request.method().equals("POST") && request.path().equals(TRANSFERS);
  }

  /** The status of refunds. */
  private record Refunding(@Nullable String status) {}

  @Override
  public Optional<Page> beside(Request request) {
    Matcher moved = MOVED.matcher(request.path());
    boolean isBalance = request.path().equals("/balance");
    if (!request.method().equals("POST") || !(isBalance || moved.matches())) {
      return sessions.beside(request).or(() -> accounts.beside(request));
    }
    try {
      if (isBalance) {
        Available now = json.readValue(request.body(), Available.class);
        transfers.haveAvailable(now.currency().toLowerCase(Locale.ROOT), now.available());
        return Optional.of(Page.json(204, ""));
      }
      return Optional.of(
          SimulatedRefund.Status.of(
                  String.valueOf(json.readValue(request.body(), Refunding.class).status()))
              .map(status -> refunding(moved.group(1), status))
              .orElseGet(() -> wrong("no such status")));
    } catch (JacksonException e) {
      return Optional.of(wrong(e.getOriginalMessage()));
    }
  }

  private Page refunding(@Nullable String id, SimulatedRefund.Status status) {
    if (id == null) {
      refunds.beginAs(status);
    } else {
      refunds.move(id, status).ifPresent(this::tellMove);
    }
    return Page.json(204, "");
  }

  private Page wrong(String why) {
    return Page.json(400, json.writeValueAsString(Map.of("error", why)));
  }

  /** The last event is that of older API versions. */
  private void tellMove(SimulatedRefund refund) {
    tell("refund.updated", refund);
    if (refund.status() == SimulatedRefund.Status.FAILED) {
      tell("refund.failed", refund);
    }
    tell("charge.refund.updated", refund);
  }

  private void tell(String type, SimulatedRefund refund) {
    events.accept(SimulatedStripeEvent.about(type, refund.json(), clock.instant()));
  }

  @Override
  public Reply answer(Request request, Fault wish) {
    String apiKey = request.headers().getOrDefault("authorization", "");
    if (LIVE_KEY.matcher(apiKey).matches()) {
      return error(401, "invalid_request_error", "Invalid API Key provided");
    }
    String key = request.headers().get(KEY);
    if (key == null || !request.method().equals("POST")) {
      return act(request, wish);
    }
    Instant now = clock.instant();
    firstAnswers.computeIfPresent(
        key, (_, known) -> known.at().isBefore(now.minus(KEPT)) ? null : known);
    FirstAnswer first = firstAnswers.putIfAbsent(key, new FirstAnswer(now, request, null));
    if (first == null) {
      Reply reply = act(request, wish);
      if (isKept(reply)) {
        firstAnswers.put(key, new FirstAnswer(now, request, reply));
      } else {
        firstAnswers.remove(key);
      }
      return reply;
    }
    if (!first.answers(request)) {
      return error(
          400,
          "idempotency_error",
          "Keys for idempotent requests can only be used with the same parameters they were first used with.");
    }
    if (first.reply() == null) {
      return error(
          409,
          "invalid_request_error",
          "idempotency_key_in_use",
          "There is currently another in-progress request using this Idempotent Key.");
    }
    return new Reply(
        first.reply().status(),
        Map.of("Idempotent-Replayed", "true"),
        first.reply().body(),
        Outcome.REPLAYED);
  }

  /** What Stripe finds wrong before it begins is not kept; that money is lacking it finds later. */
  private static boolean isKept(Reply reply) {
    return reply.status() != 400 || reply.body().contains(POOR);
  }

  @Override
  public Reply tooMany() {
    return error(429, "rate_limit_error", "Too many requests");
  }

  private Reply act(Request request, Fault wish) {
    return switch (wish) {
      case REFUSE ->
          isTransfer(request)
              ? closed(Form.parse(request.body()))
              : error(402, "card_error", "Your card was declined.");
      case FAIL -> broken(Outcome.FAILED);
      case OBEY -> obey(request);
      case OBEY_THEN_FAIL -> broken(obey(request).outcome());
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
    if (request.method().equals("POST") && request.path().equals(SESSIONS)) {
      return sessions
          .make(Form.parse(request.body()))
          .map(made -> accepted(made.json()))
          .orElseGet(() -> error(400, "invalid_request_error", "Missing required param."));
    }
    Matcher session = SESSION.matcher(request.path());
    if (request.method().equals("GET")
        && session.matches()
        && sessions.find(session.group(1)).isPresent()) {
      return accepted(sessions.find(session.group(1)).get().json());
    }
    if (request.method().equals("GET") && session.matches()) {
      PaymentIntent intent = intents.get(session.group(1).replaceFirst("^cs_", "pi_"));
      return intent == null
          ? missing("checkout.session", session.group(1))
          : accepted(intent.session());
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
    if (request.path().equals(TRANSFERS)) {
      return request.method().equals("POST")
          ? transfer(Form.parse(request.body()))
          : transfers(Form.parse(request.query()));
    }
    Matcher transfer = TRANSFER.matcher(request.path());
    if (request.method().equals("GET") && transfer.matches()) {
      return transfers
          .find(transfer.group(1))
          .map(found -> accepted(found.json()))
          .orElseGet(() -> missing("transfer", transfer.group(1)));
    }
    Matcher reversals = REVERSALS.matcher(request.path());
    if (request.method().equals("POST") && reversals.matches()) {
      return reverse(reversals.group(1));
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
    events.accept(SimulatedStripeEvent.about("payment_intent.succeeded", confirmed.json(), now));
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
    Optional<SimulatedRefund> made =
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
    SimulatedRefund refund = made.get();
    tell("refund.created", refund);
    events.accept(
        SimulatedStripeEvent.about(
            "charge.refunded", intent.charge(refunds.refunded(intent.id())), now));
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
            : refunds.of(intent).reversed().stream().map(SimulatedRefund::json).toList());
    return accepted(page);
  }

  private Reply transfer(Form form) {
    String amount = form.value("amount");
    String currency = form.value("currency");
    String destination = form.value("destination");
    if (amount == null || !amount.matches("[1-9]\\d{0,11}")) {
      return error(400, "invalid_request_error", "Missing or invalid required param: amount.");
    }
    if (currency == null || !currency.matches("[a-z]{3}")) {
      return error(400, "invalid_request_error", "Missing or invalid required param: currency.");
    }
    if (destination == null || !destination.matches("acct_\\w+")) {
      return closed(form);
    }
    if (!accounts.receivesTransfers(destination)) {
      return error(
          400,
          "invalid_request_error",
          "insufficient_capabilities_for_transfer",
          "Your destination account needs to have at least one of the following capabilities enabled: transfers, legacy_payments");
    }
    Instant now = clock.instant();
    Optional<SimulatedTransfer> made =
        transfers.make(
            Long.parseLong(amount),
            currency,
            destination,
            form.value("transfer_group"),
            form.map("metadata"),
            now);
    if (made.isEmpty()) {
      return error(
          400,
          "invalid_request_error",
          POOR,
          "You have insufficient available funds in your Stripe account.");
    }
    events.accept(SimulatedStripeEvent.about("transfer.created", made.get().json(), now));
    return accepted(made.get().json());
  }

  private Reply reverse(String id) {
    if (transfers.find(id).isEmpty()) {
      return missing("transfer", id);
    }
    Optional<SimulatedTransfer> reversed = transfers.reverse(id);
    if (reversed.isEmpty()) {
      return error(400, "invalid_request_error", "Transfer " + id + " is already reversed.");
    }
    Instant now = clock.instant();
    events.accept(SimulatedStripeEvent.about("transfer.reversed", reversed.get().json(), now));
    var reversal = new LinkedHashMap<String, Object>();
    reversal.put("id", StripeId.next("trr"));
    reversal.put("object", "transfer_reversal");
    reversal.put("amount", reversed.get().amount());
    reversal.put("created", now.getEpochSecond());
    reversal.put("currency", reversed.get().currency());
    reversal.put("transfer", id);
    return accepted(reversal);
  }

  /** A page of at most the requested number, ten by default, the newest first. */
  private Reply transfers(Form query) {
    String before = query.value("starting_after");
    if (before != null && transfers.find(before).isEmpty()) {
      return error(
          400, "invalid_request_error", "resource_missing", "No such transfer: '" + before + "'");
    }
    List<SimulatedTransfer> found = transfers.list(query);
    int limit = Integer.parseInt(Objects.requireNonNullElse(query.value("limit"), "10"));
    var page = new LinkedHashMap<String, Object>();
    page.put("object", "list");
    page.put("url", TRANSFERS);
    page.put("has_more", found.size() > limit);
    page.put("data", found.stream().limit(limit).map(SimulatedTransfer::json).toList());
    return accepted(page);
  }

  private Reply closed(Form form) {
    return error(
        400,
        "invalid_request_error",
        "resource_missing",
        "No such destination: '%s'".formatted(form.value("destination")));
  }

  private Reply broken(Outcome outcome) {
    Reply error = error(500, "api_error", "The simulator was told to fail.");
    return new Reply(error.status(), error.headers(), error.body(), outcome);
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

  /**
   * The first request under an idempotency key, with its reply.
   *
   * @param reply null while the first request is in progress
   */
  private record FirstAnswer(Instant at, Request request, @Nullable Reply reply) {
    boolean answers(Request other) {
      return request.path().equals(other.path()) && request.body().equals(other.body());
    }
  }
}
