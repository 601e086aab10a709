package dev.mainstay.sandbox.twilio;

import dev.mainstay.sandbox.simulator.Fault;
import dev.mainstay.sandbox.simulator.Form;
import dev.mainstay.sandbox.simulator.Ledger.Outcome;
import dev.mainstay.sandbox.simulator.VendorSimulator;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Twilio's messages: created, found by number, and reported by signed callbacks. A person who wrote
 * STOP gets none. The magic numbers of Twilio's test credentials refuse as they do there, and an
 * injected refusal is 21610.
 *
 * <p>Beside the API: {@code POST /inbound {from, body}} simulates a person who writes to us, with
 * {@code optOutType} (STOP, START or HELP) as a messaging service with Advanced Opt-Out takes it;
 * {@code POST /undeliverable {to, errorCode}} makes a number unreachable.
 */
public final class TwilioSimulator implements VendorSimulator {

  private static final Set<String> STOP =
      Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");
  private static final Set<String> START = Set.of("START", "YES", "UNSTOP");
  private static final int STOPPED = 21610;
  private static final Map<String, Integer> MAGIC =
      Map.of(
          "+15005550001", 21211,
          "+15005550002", 21612,
          "+15005550003", 21408,
          "+15005550004", STOPPED,
          "+15005550009", 21614);

  private final TwilioAccount account;
  private final TwilioCallbacks callbacks;
  private final URI inbound;
  private final InstantSource clock;
  private final JsonMapper json = JsonMapper.shared();
  private final String messages;
  private final Map<String, List<TwilioMessage>> byNumber = new ConcurrentHashMap<>();
  private final Set<String> stopped = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> undeliverable = new ConcurrentHashMap<>();

  /**
   * A simulator without messages.
   *
   * @param inbound the address to which replies from people are posted
   */
  public TwilioSimulator(
      TwilioAccount account, TwilioCallbacks callbacks, URI inbound, InstantSource clock) {
    this.account = account;
    this.callbacks = callbacks;
    this.inbound = inbound;
    this.clock = clock;
    this.messages = "/2010-04-01/Accounts/" + account.sid() + "/Messages.json";
  }

  /** A message to us, and Twilio's verdict if a messaging service with Advanced Opt-Out gets it. */
  private record Inbound(String from, String body, @Nullable String optOutType) {

    boolean isOne(String type, Set<String> words) {
      return optOutType == null
          ? words.contains(body.strip().toUpperCase(Locale.ROOT))
          : optOutType.equals(type);
    }
  }

  /** A number that nothing reaches, and why. */
  private record Undeliverable(String to, int errorCode) {}

  @Override
  public String keyOf(Request request) {
    return request.method().equals("POST")
        ? Objects.requireNonNullElse(Form.parse(request.body()).value("To"), request.path())
        : request.path();
  }

  @Override
  public Reply answer(Request request, Fault wish) {
    return switch (wish) {
      case REFUSE -> refused(STOPPED);
      case FAIL -> error(500, 20500, Outcome.FAILED);
      case OBEY -> obey(request);
      case OBEY_THEN_FAIL -> error(500, 20500, obey(request).outcome());
    };
  }

  @Override
  public Reply tooMany() {
    return error(429, 20429, Outcome.REFUSED);
  }

  @Override
  public Optional<Page> beside(Request request) {
    try {
      return switch (request.method() + " " + request.path()) {
        case "POST /inbound" -> Optional.of(receive(json.readValue(request.body(), Inbound.class)));
        case "POST /undeliverable" -> {
          var number = json.readValue(request.body(), Undeliverable.class);
          undeliverable.put(number.to(), number.errorCode());
          yield Optional.of(Page.json(204, ""));
        }
        default -> Optional.empty();
      };
    } catch (JacksonException e) {
      return Optional.of(
          Page.json(400, json.writeValueAsString(Map.of("error", e.getOriginalMessage()))));
    }
  }

  private Reply obey(Request request) {
    if (!account.authorization().equals(request.headers().get("authorization"))) {
      return error(401, 20003, Outcome.REFUSED);
    }
    if (!request.path().equals(messages)) {
      return error(404, 20404, Outcome.REFUSED);
    }
    return request.method().equals("POST")
        ? create(Form.parse(request.body()))
        : list(Form.parse(request.query()));
  }

  private Reply create(Form form) {
    String to = form.value("To");
    String body = form.value("Body");
    String from = Objects.requireNonNullElse(form.value("From"), form.value("MessagingServiceSid"));
    if (to == null || !to.matches("\\+[1-9]\\d{6,14}")) {
      return refused(21211);
    }
    if (body == null || body.isEmpty() || from == null) {
      return refused(body == null || body.isEmpty() ? 21602 : 21603);
    }
    Integer magic = stopped.contains(to) ? Integer.valueOf(STOPPED) : MAGIC.get(to);
    if (magic != null) {
      return refused(magic);
    }
    var message = new TwilioMessage(sid("SM"), account.sid(), clock.instant(), from, to, body);
    byNumber.computeIfAbsent(to, _ -> new CopyOnWriteArrayList<>()).add(message);
    tellOf(message, form.value("StatusCallback"));
    return new Reply(201, Map.of(), json.writeValueAsString(message.json()), Outcome.ACCEPTED);
  }

  private void tellOf(TwilioMessage message, @Nullable String callback) {
    if (callback == null) {
      return;
    }
    Integer error = undeliverable.get(message.to());
    var told = new LinkedHashMap<String, String>();
    told.put("AccountSid", account.sid());
    told.put("ApiVersion", "2010-04-01");
    told.put("From", message.from());
    told.put("To", message.to());
    told.put("MessageSid", message.sid());
    told.put("SmsSid", message.sid());
    told.put("MessageStatus", error == null ? "delivered" : "undelivered");
    told.put("SmsStatus", error == null ? "delivered" : "undelivered");
    if (error != null) {
      told.put("ErrorCode", error.toString());
    }
    callbacks.post(URI.create(callback), told);
  }

  /** All of them on one page, the latest first. */
  private Reply list(Form query) {
    String to = query.value("To");
    List<TwilioMessage> found =
        to == null
            ? byNumber.values().stream().flatMap(List::stream).toList()
            : byNumber.getOrDefault(to, List.of());
    var page = new LinkedHashMap<String, Object>();
    page.put(
        "messages", new ArrayList<>(found).reversed().stream().map(TwilioMessage::json).toList());
    page.put("page", 0);
    page.put("page_size", found.size());
    page.put("start", 0);
    page.put("end", Math.max(0, found.size() - 1));
    page.put("uri", messages);
    page.put("first_page_uri", messages);
    page.put("next_page_uri", null);
    page.put("previous_page_uri", null);
    return new Reply(200, Map.of(), json.writeValueAsString(page), Outcome.ACCEPTED);
  }

  private Page receive(Inbound written) {
    if (written.isOne("STOP", STOP)) {
      stopped.add(written.from());
    } else if (written.isOne("START", START)) {
      stopped.remove(written.from());
    }
    String sid = sid("SM");
    var told = new LinkedHashMap<String, String>();
    told.put("AccountSid", account.sid());
    told.put("ApiVersion", "2010-04-01");
    told.put("MessageSid", sid);
    told.put("SmsSid", sid);
    told.put("From", written.from());
    told.put("To", account.number());
    told.put("Body", written.body());
    told.put("NumMedia", "0");
    told.put("NumSegments", "1");
    if (written.optOutType() != null) {
      told.put("OptOutType", written.optOutType());
    }
    callbacks.post(inbound, told);
    return Page.json(202, json.writeValueAsString(Map.of("sid", sid)));
  }

  private Reply refused(int code) {
    return error(400, code, Outcome.REFUSED);
  }

  private Reply error(int status, int code, Outcome outcome) {
    return new Reply(
        status,
        Map.of(),
        json.writeValueAsString(
            Map.of(
                "code",
                code,
                "message",
                "Error " + code,
                "more_info",
                "https://www.twilio.com/docs/errors/" + code,
                "status",
                status)),
        outcome);
  }

  private static String sid(String prefix) {
    return prefix + UUID.randomUUID().toString().replace("-", "");
  }
}
