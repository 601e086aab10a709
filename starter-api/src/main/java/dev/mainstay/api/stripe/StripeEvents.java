package dev.mainstay.api.stripe;

import dev.mainstay.api.payroll.TransferFact;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.refund.RefundFact;
import dev.mainstay.api.refund.RefundFact.Kind;
import dev.mainstay.api.refund.RefundFact.Status;
import dev.mainstay.api.request.FieldFormats;
import dev.mainstay.api.request.KnownZones;
import dev.mainstay.api.stripe.StripePayment.Announced;
import dev.mainstay.api.stripe.StripePayment.Ignored;
import dev.mainstay.api.stripe.StripePayment.NotActedOn;
import dev.mainstay.api.stripe.StripePayment.NotOurs;
import dev.mainstay.api.stripe.StripePayment.OfConnectedAccount;
import dev.mainstay.api.stripe.StripePayment.Received;
import dev.mainstay.api.stripe.StripePayment.Refunded;
import dev.mainstay.api.stripe.StripePayment.Transferred;
import dev.mainstay.api.vendor.AccountReport;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads payments, refunds and transfers out of Stripe's events. It reads the few fields it needs
 * from the JSON itself, so that an event of any {@code api_version} will do: stripe-java's model of
 * an event is that of one.
 */
@Component
class StripeEvents {

  static final String PROVIDER = "stripe";

  private static final Pattern THIN_TYPE = Pattern.compile("v\\d+\\..*");
  private static final Pattern FAILURE = Pattern.compile("[a-z_]{1,60}");

  private final JsonMapper json;
  private final KnownZones zones;
  private final InstantSource clock;
  private final boolean live;

  StripeEvents(
      JsonMapper json, KnownZones zones, InstantSource clock, StripeWebhookProperties properties) {
    this.json = json;
    this.zones = zones;
    this.clock = clock;
    this.live = properties.isLive();
  }

  /**
   * Reads the event.
   *
   * @throws Refusal if it is not a Stripe event
   */
  StripeEvent read(String body) {
    JsonNode event = parsed(body);
    String type = event.path("type").asString("");
    if (type.isEmpty()) {
      throw Refusal.malformed("The body is no Stripe event: it has no type");
    }
    if (isLive(event) != live) {
      return new StripeEvent(StripeEvent.OTHER, new NotActedOn(SetAside.OTHER_MODE, type));
    }
    if (isThin(event, type)) {
      return new StripeEvent(StripeEvent.OTHER, new NotActedOn(SetAside.THIN_EVENT, type));
    }
    if (StripeAccountEvents.isOne(event)) {
      AccountReport report = StripeAccountEvents.report(event, type, clock.instant());
      return new StripeEvent(
          report == null ? StripeEvent.OTHER : type, new OfConnectedAccount(report));
    }
    StripePayment content = content(type, event.path("data").path("object"));
    return content == null
        ? new StripeEvent(StripeEvent.OTHER, new Ignored())
        : new StripeEvent(type, content);
  }

  /** Stripe's own events always name their mode; one without is never acted on as a live one. */
  private static boolean isLive(JsonNode event) {
    return event.path("livemode").isBoolean() && event.path("livemode").booleanValue();
  }

  /** The thin form of an event names its snapshot, where there is one; the other form has it. */
  private static boolean isThin(JsonNode event, String type) {
    return event.path("object").asString("").equals("v2.core.event")
        || event.hasNonNull("snapshot_event")
        || THIN_TYPE.matcher(type).matches();
  }

  /** Null for a type that is not acted on. */
  private @Nullable StripePayment content(String type, JsonNode object) {
    return switch (type) {
      case "payment_intent.succeeded" -> paymentIntent(object);
      // the second where the money arrives days after the first
      case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
          session(object);
      // the last of an account with an older API version
      case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated" ->
          status(object)
              .map(status -> refunded(object, Kind.REFUND, object.path("amount"), status))
              .orElseGet(Ignored::new);
      case "charge.refunded" -> refunded(object, Kind.TOTAL, total(object), Status.SUCCEEDED);
      case "charge.dispute.closed" ->
          object.path("status").asString("").equals("lost")
              ? refunded(object, Kind.DISPUTE, object.path("amount"), Status.SUCCEEDED)
              : new Ignored();
      case "transfer.created", "transfer.reversed" -> transferred(object);
      default -> null;
    };
  }

  /** A transfer without our metadata is not ours. */
  private static StripePayment transferred(JsonNode object) {
    String payout = StripeMetadata.text(object.path("metadata"), "mainstay_payout");
    if (payout == null) {
      return new NotOurs();
    }
    List<String> problems = new ArrayList<>();
    String id = object.path("id").asString("");
    UUID payoutId = StripeMetadata.uuid(payout, "mainstay_payout", problems);
    Long amountMinor = amountMinor(object.path("amount"), problems);
    Long reversedMinor = amountMinor(object.path("amount_reversed"), problems);
    Currency currency = currency(object.path("currency").asString(""), problems);
    JsonNode created = object.path("created");
    if (!isId(id)) {
      problems.add("the id has not 1 to 100 characters");
    }
    if (!created.canConvertToInt()) {
      problems.add("it does not say when it was created");
    }
    if (!problems.isEmpty()
        || payoutId == null
        || amountMinor == null
        || amountMinor == 0
        || reversedMinor == null
        || reversedMinor > amountMinor
        || currency == null) {
      throw Refusal.malformed("The event tells of no transfer: " + String.join(", ", problems));
    }
    return new Transferred(
        new TransferFact(id, payoutId, amountMinor, currency, reversedMinor, created.longValue()));
  }

  /** Empty for a status that Stripe's documentation does not know. */
  private static Optional<Status> status(JsonNode refund) {
    return switch (refund.path("status").asString("")) {
      case "pending", "requires_action" -> Optional.of(Status.PENDING);
      case "succeeded" -> Optional.of(Status.SUCCEEDED);
      case "failed", "canceled" -> Optional.of(Status.FAILED);
      default -> Optional.empty();
    };
  }

  /** Without the refunds that are pending, where the account's version lists the refunds. */
  private static JsonNode total(JsonNode charge) {
    JsonNode total = charge.path("amount_refunded");
    long pending =
        charge
            .at("/refunds/data")
            .valueStream()
            .filter(refund -> status(refund).equals(Optional.of(Status.PENDING)))
            .mapToLong(refund -> refund.path("amount").asLong(0))
            .sum();
    return pending == 0 || !total.canConvertToLong()
        ? total
        : LongNode.valueOf(Math.max(0, total.longValue() - pending));
  }

  /** A charge that was made without a payment intent is none of ours. */
  private static StripePayment refunded(
      JsonNode object, Kind kind, JsonNode amount, Status status) {
    String paymentId = intent(object.path("payment_intent")).asString("");
    if (paymentId.isEmpty()) {
      return new NotOurs();
    }
    List<String> problems = new ArrayList<>();
    String id = object.path("id").asString("");
    Long amountMinor = amountMinor(amount, problems);
    Currency currency = currency(object.path("currency").asString(""), problems);
    if (!isId(paymentId) || !isId(id)) {
      problems.add("an id has not 1 to 100 characters");
    }
    if (!problems.isEmpty() || amountMinor == null || currency == null) {
      throw Refusal.malformed("The event tells of no refund: " + String.join(", ", problems));
    }
    return amountMinor == 0
        ? new Ignored()
        : new Refunded(
            new RefundFact(
                PROVIDER,
                paymentId,
                kind,
                id,
                amountMinor,
                currency,
                status,
                request(object.path("metadata")),
                failure(object.path("failure_reason").asString(""))));
  }

  /** Of a refund that was not requested here, whatever its metadata says. */
  private static @Nullable UUID request(JsonNode metadata) {
    String request = StripeMetadata.text(metadata, "mainstay_refund_request");
    return StripeMetadata.uuid(request, "", new ArrayList<>());
  }

  /** One of Stripe's own words, never a text that somebody wrote. */
  private static String failure(String reason) {
    return FAILURE.matcher(reason).matches() ? reason : "unknown";
  }

  private static boolean isId(String id) {
    return !id.isEmpty() && id.length() <= 100;
  }

  private JsonNode parsed(String body) {
    try {
      return json.readTree(body);
    } catch (JacksonException e) {
      throw Refusal.malformed("The body is not JSON");
    }
  }

  /** An id, or the whole payment intent where the account's events are expanded. */
  private static JsonNode intent(JsonNode intent) {
    return intent.isObject() ? intent.path("id") : intent;
  }

  private StripePayment payment(JsonNode object, JsonNode id, JsonNode amount) {
    return StripeMetadata.read(object.path("metadata"), zones)
        .map(metadata -> {
          String paymentId = paymentId(object, id, metadata.problems());
          return StripePayment.of(
              paymentId,
              metadata,
              amountMinor(amount, metadata.problems()),
              currency(object.path("currency").asString(""), metadata.problems()));
        })
        .orElseGet(NotOurs::new);
  }

  /** The session of a payment intent without our metadata may have it. */
  private StripePayment paymentIntent(JsonNode intent) {
    JsonNode amount =
        intent.hasNonNull("amount_received")
            ? intent.path("amount_received")
            : intent.path("amount");
    JsonNode id = intent.path("id");
    return switch (payment(intent, id, amount)) {
      case NotOurs notOurs -> received(id.asString(""), amount, intent).orElse(notOurs);
      case StripePayment other -> other;
    };
  }

  private static Optional<StripePayment> received(String id, JsonNode amount, JsonNode intent) {
    List<String> problems = new ArrayList<>();
    Long amountMinor = amountMinor(amount, problems);
    Currency currency = currency(intent.path("currency").asString(""), problems);
    return amountMinor == null || currency == null || !isId(id)
        ? Optional.empty()
        : Optional.of(new Received(id, amountMinor, currency));
  }

  private StripePayment session(JsonNode session) {
    JsonNode intent = intent(session.path("payment_intent"));
    return switch (session.path("payment_status").asString("")) {
      case "paid" -> payment(session, intent, session.path("amount_total"));
      case "no_payment_required" -> free(session);
      // The money arrives days later, and says so by its payment intent
      case "unpaid" ->
          isId(intent.asString(""))
              ? StripeMetadata.read(session.path("metadata"), zones)
                  .<StripePayment>map(metadata -> new Announced(intent.asString(), metadata))
                  .orElseGet(NotOurs::new)
              : new Ignored();
      default -> new Ignored();
    };
  }

  /**
   * A session without a payment: of a purchase that costs nothing, which is known by the session's
   * id; of a subscription whose payment comes later, which an operator has to see; or of no
   * purchase at all.
   */
  private StripePayment free(JsonNode session) {
    boolean costsNothing =
        session.path("mode").asString("payment").equals("payment")
            && session.path("amount_total").asLong(0) == 0;
    return session.path("mode").asString("").equals("setup")
        ? new Ignored()
        : payment(
            session,
            costsNothing ? session.path("id") : MissingNode.getInstance(),
            costsNothing ? IntNode.valueOf(0) : session.path("amount_total"));
  }

  /**
   * The id of the paid object if there is no payment, as for a subscription: an operator has to see
   * it.
   */
  private static String paymentId(JsonNode object, JsonNode id, List<String> problems) {
    if (isId(id.asString(""))) {
      return id.asString();
    }
    String paid = object.path("id").asString("");
    if (!isId(paid)) {
      throw Refusal.malformed("The event's payment has no id of 1 to 100 characters");
    }
    problems.add("it has no payment");
    return paid;
  }

  private static @Nullable Long amountMinor(JsonNode amount, List<String> problems) {
    if (amount.isIntegralNumber() && amount.canConvertToLong() && amount.longValue() >= 0) {
      return amount.longValue();
    }
    problems.add("the amount is not a number of minor units");
    return null;
  }

  private static @Nullable Currency currency(String code, List<String> problems) {
    String upper = code.toUpperCase(Locale.ROOT);
    if (FieldFormats.isCurrency(upper)) {
      return Currency.getInstance(upper);
    }
    problems.add("the currency is unknown");
    return null;
  }
}
