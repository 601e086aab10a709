package dev.mainstay.sandbox.stripe;

import dev.mainstay.sandbox.simulator.Form;
import dev.mainstay.sandbox.simulator.VendorSimulator.Page;
import dev.mainstay.sandbox.simulator.VendorSimulator.Request;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * All Checkout sessions. A customer completes one by {@code POST /checkout/{id}/complete}, or
 * {@code …/complete?delayed=true} if the money comes days later, by {@code POST
 * /checkout/{id}/pay}.
 */
final class SimulatedSessions {

  private static final Pattern DONE = Pattern.compile("/checkout/(cs_\\w+)/(complete|pay)");
  private static final String LINE = "line_items[0]";
  private static final String PRICE = LINE + "[price_data]";

  private final Map<String, PaymentIntent> intents;
  private final Consumer<SimulatedStripeEvent> events;
  private final InstantSource clock;
  private final Map<String, SimulatedSession> sessions = new ConcurrentHashMap<>();

  SimulatedSessions(
      Map<String, PaymentIntent> intents,
      Consumer<SimulatedStripeEvent> events,
      InstantSource clock) {
    this.intents = intents;
    this.events = events;
    this.clock = clock;
  }

  Optional<SimulatedSession> find(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  /** Makes an open one with one line; empty if a parameter is missing. */
  Optional<SimulatedSession> make(Form form) {
    String price = form.value(PRICE + "[unit_amount]");
    String currency = form.value(PRICE + "[currency]");
    String quantity = form.value(LINE + "[quantity]");
    if (!"payment".equals(form.value("mode"))
        || !isNumber(price)
        || !isNumber(quantity)
        || currency == null) {
      return Optional.empty();
    }
    var session =
        new SimulatedSession(
            StripeId.next("cs_test"),
            Long.parseLong(price) * Long.parseLong(quantity),
            currency,
            form.map("metadata"),
            form.map("payment_intent_data[metadata]"),
            clock.instant(),
            false,
            false,
            null);
    sessions.put(session.id(), session);
    return Optional.of(session);
  }

  /** What a customer does with a session. */
  Optional<Page> beside(Request request) {
    Matcher done = DONE.matcher(request.path());
    if (!request.method().equals("POST") || !done.matches()) {
      return Optional.empty();
    }
    SimulatedSession session = sessions.get(done.group(1));
    boolean pays = done.group(2).equals("pay");
    if (session == null || session.complete() != pays || session.paid()) {
      return Optional.of(Page.json(409, "{\"error\":\"no session that waits for this\"}"));
    }
    boolean delayed = "true".equals(Form.parse(request.query()).value("delayed"));
    SimulatedSession now =
        pays ? paid(session) : session.amount() == 0 ? free(session) : paying(session, delayed);
    return Optional.of(Page.json(200, JsonMapper.shared().writeValueAsString(now.json())));
  }

  private SimulatedSession free(SimulatedSession session) {
    SimulatedSession completed = session.completed(false, null);
    sessions.put(session.id(), completed);
    report("checkout.session.completed", completed.json());
    return completed;
  }

  private SimulatedSession paying(SimulatedSession session, boolean delayed) {
    var intent =
        new PaymentIntent(
            StripeId.next("pi"),
            session.amount(),
            session.currency(),
            session.intentMetadata(),
            clock.instant(),
            delayed ? PaymentIntent.Status.PROCESSING : PaymentIntent.Status.SUCCEEDED);
    SimulatedSession completed = session.completed(!delayed, intent.id());
    intents.put(intent.id(), intent);
    sessions.put(session.id(), completed);
    if (!delayed) {
      report("payment_intent.succeeded", intent.json());
    }
    report("checkout.session.completed", completed.json());
    return completed;
  }

  private SimulatedSession paid(SimulatedSession session) {
    SimulatedSession completed = session.completed(true, session.intent());
    sessions.put(session.id(), completed);
    PaymentIntent intent =
        session.intent() == null
            ? null
            : intents.computeIfPresent(session.intent(), (_, known) -> known.confirmed());
    if (intent != null) {
      report("payment_intent.succeeded", intent.json());
      report("checkout.session.async_payment_succeeded", completed.json());
    }
    return completed;
  }

  private void report(String type, Map<String, Object> object) {
    Instant now = clock.instant();
    events.accept(SimulatedStripeEvent.about(type, object, now));
  }

  private static boolean isNumber(@Nullable String text) {
    return text != null && text.matches("\\d{1,8}");
  }
}
