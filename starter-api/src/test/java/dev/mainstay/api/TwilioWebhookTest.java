package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.CONSENT;
import static dev.mainstay.db.generated.Tables.MESSAGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.MessageRecord;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioWebhookTest {

  private static final String PUBLIC = "https://shop.example";
  private static final String STATUS = "/api/v1/webhooks/twilio/status";
  private static final String INBOUND = "/api/v1/webhooks/twilio/inbound";
  private static final Instant SENT = Instant.parse("2026-01-02T03:04:05Z");

  private static final TestApi api =
      TestApi.start(
          "--mainstay.twilio.auth-tokens=new-token,old-token",
          "--mainstay.twilio.public-url=" + PUBLIC + "/");
  private static final DSLContext database = api.database().dsl();
  private static final Random random = new Random(5);

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void aDeliveredMessageIsDeliveredOnceAndForEver() {
    UUID message = message("sent");

    status(message, "sent", "SM1", null);
    assertThat(find(message).getStatus()).isEqualTo("sent");
    status(message, "delivered", "SM1", null);
    MessageRecord delivered = find(message);
    assertThat(delivered.getStatus()).isEqualTo("delivered");
    assertThat(delivered.getDeliveredAt()).isNotNull();
    assertThat(delivered.getSentAt()).isEqualTo(SENT);

    status(message, "delivered", "SM1", null);
    status(message, "undelivered", "SM1", "30003");
    assertThat(find(message)).isEqualTo(delivered);
  }

  @Test
  void oneThatDidNotArriveFailsWithItsReason() {
    UUID message = message("sent");

    status(message, "undelivered", "SM1", "30003");

    MessageRecord failed = find(message);
    assertThat(failed.getStatus()).isEqualTo("failed");
    assertThat(failed.getReason()).isEqualTo("undelivered: Twilio 30003");
    status(message, "delivered", "SM1", null);
    assertThat(find(message)).isEqualTo(failed);
  }

  @Test
  void oneWhoseAnswerWasLostIsKnownByItToHaveBeenSent() {
    UUID waits = message("waiting");
    status(waits, "delivered", "SM9", null);
    assertThat(find(waits).getStatus()).as("never handed to anybody").isEqualTo("waiting");

    UUID lost = message("waiting");
    database.update(MESSAGE).set(MESSAGE.SENDING_SINCE, SENT).where(MESSAGE.ID.eq(lost)).execute();
    status(lost, "delivered", "SM9", null);
    assertThat(find(lost).getStatus()).isEqualTo("delivered");
    assertThat(find(lost).getProviderId()).isEqualTo("SM9");
  }

  @Test
  void theFailureOfASecondOneDoesNotUndoTheFirst() {
    UUID message = message("sent");
    status(message, "failed", "SM2", "30001");
    assertThat(find(message).getStatus()).isEqualTo("sent");
  }

  @Test
  void aMessageThatIsNotKnownIsTakenAndForgotten() {
    status(UUID.randomUUID(), "delivered", "SM1", null);
    post(STATUS, Map.of("MessageStatus", "delivered"), "new-token").expect(204);
    for (String nonsense : List.of("nonsense", "1-1-1-1-1")) {
      post(STATUS + "?message=" + nonsense, Map.of("MessageStatus", "delivered"), "new-token")
          .expect(204);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP",
        " stopall ",
        "Unsubscribe",
        "CANCEL",
        "END",
        "QUIT",
        "Revoke",
        "OPTOUT",
        "Opt out",
        "opt-out",
        "Stop.",
        "STOP ALL!",
        "“Stop”",
        "ＳＴＯＰ",
        "stop \uD83D\uDED1"
      })
  void stopWithdrawsConsentForEveryPurpose(String word) {
    String phone = phone();
    UUID first = customer(phone);
    UUID second = customer(phone);
    UUID other = customer(phone());

    inbound(phone, word);

    for (UUID stopped : List.of(first, second)) {
      for (String purpose : List.of("transactional", "reminder", "marketing")) {
        assertThat(hasConsent(stopped, purpose)).as(purpose).isFalse();
      }
      assertThat(Routines.hasConsent(database.configuration(), stopped, "email", "transactional"))
          .isTrue();
    }
    assertThat(hasConsent(other, "transactional")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Arrêt, STOP, false, stop",
    "STOP, HELP, true, ignored",
    "STOP, START, true, start",
    "Stop please, '', true, ignored",
    "Hola, ALGO, true, ignored"
  })
  void whatTwilioMakesOfAMessageCounts(String body, String type, boolean consent, String counted) {
    String phone = phone();
    UUID customer = customer(phone);
    double before = counted(counted);

    post(INBOUND, Map.of("From", phone, "Body", body, "OptOutType", type), "new-token").expect(204);

    assertThat(hasConsent(customer, "transactional")).isEqualTo(consent);
    assertThat(counted(counted)).isEqualTo(before + 1);
  }

  @Test
  void startRestoresWhatStopTookAndNothingElse() {
    String phone = phone();
    UUID agreed = customer(phone);
    UUID refused = customer(phone);
    UUID silent = customer(phone);
    consents(agreed, sms("reminder", true), sms("marketing", true));
    consents(refused, sms("reminder", false), sms("marketing", true));
    inbound(phone, "STOP");
    inbound(phone, "Stop");

    inbound(phone, "start");

    assertThat(consents(agreed)).isEqualTo("marketing true, reminder true");
    assertThat(consents(refused)).isEqualTo("marketing true, reminder false");
    assertThat(consents(silent)).isEmpty();
    inbound(phone, "START");
    assertThat(consents(refused)).isEqualTo("marketing true, reminder false");
  }

  @Test
  void whatIsRefusedAfterAStopStaysRefused() {
    String phone = phone();
    UUID customer = customer(phone);
    consents(customer, sms("reminder", true));
    inbound(phone, "STOP");
    consents(customer, sms("transactional", false), sms("reminder", false));

    inbound(phone, "START");

    assertThat(consents(customer)).isEqualTo("reminder false, transactional false");
  }

  @Test
  void whatTwilioReportsAsStoppedIsRestoredToo() {
    String phone = phone();
    UUID customer = customer(phone);
    consents(customer, sms("reminder", true));
    Routines.withdrawConsent(database.configuration(), customer, "sms");
    assertThat(hasConsent(customer, "reminder")).isFalse();

    inbound(phone, "UNSTOP");

    assertThat(consents(customer)).isEqualTo("reminder true");
  }

  @Test
  void yesOfSomebodyWhoHadNotStoppedIsNoConsent() {
    String phone = phone();
    UUID customer = customer(phone);

    inbound(phone, "YES");
    inbound(phone, "Stop it, please");

    assertThat(database.fetchCount(CONSENT, CONSENT.CUSTOMER_ID.eq(customer))).isZero();
  }

  @Test
  void onlyTwilioIsHeard() {
    String phone = phone();
    UUID customer = customer(phone);
    Map<String, String> form = Map.of("From", phone, "Body", "STOP");

    post(INBOUND, form, "somebody-elses").expect(400);
    api.call("POST", INBOUND)
        .body("application/x-www-form-urlencoded", encoded(form).getBytes(UTF_8))
        .send()
        .expect(400);
    send(INBOUND, Map.of("From", phone, "Body", "STOP"), signature("new-token", INBOUND, Map.of()))
        .expect(400);
    send(STATUS, form, signature("new-token", INBOUND, form)).expect(400);
    assertThat(hasConsent(customer, "transactional")).isTrue();

    post(INBOUND, form, "old-token").expect(204);
    assertThat(hasConsent(customer, "transactional")).isFalse();
  }

  private void status(UUID message, String status, String sid, @Nullable String code) {
    var form = new TreeMap<>(Map.of("MessageStatus", status, "MessageSid", sid));
    if (code != null) {
      form.put("ErrorCode", code);
    }
    post(STATUS + "?message=" + message, form, "new-token").expect(204);
  }

  private void inbound(String phone, String body) {
    post(INBOUND, Map.of("From", phone, "Body", body, "To", "+15005550006"), "new-token")
        .expect(204);
  }

  private static Answer post(String path, Map<String, String> form, String token) {
    return send(path, form, signature(token, path, form));
  }

  private static Answer send(String path, Map<String, String> form, String signature) {
    return api.call("POST", path)
        .body("application/x-www-form-urlencoded", encoded(form).getBytes(UTF_8))
        .header("X-Twilio-Signature", signature)
        .send();
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** As Twilio describes it: over the address as it calls it, and the fields in order of name. */
  private static String signature(String token, String path, Map<String, String> form) {
    var signed = new StringBuilder(PUBLIC + path);
    new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sms(String purpose, boolean granted) {
    return "{'channel':'sms','purpose':'%s','granted':%s}".formatted(purpose, granted);
  }

  private static void consents(UUID customer, String... given) {
    api.starter("PUT", "/api/v1/customers/" + customer + "/consents")
        .body("[" + String.join(",", given) + "]")
        .send()
        .expect(200);
  }

  private static String consents(UUID customer) {
    return database
        .selectFrom(CONSENT)
        .where(CONSENT.CUSTOMER_ID.eq(customer), CONSENT.CHANNEL.eq("sms"))
        .orderBy(CONSENT.PURPOSE)
        .fetch(row -> row.getPurpose() + " " + row.getGranted())
        .stream()
        .collect(Collectors.joining(", "));
  }

  private static double counted(String result) {
    return api.count("mainstay.webhook.twilio", "type", "inbound", "result", result);
  }

  private static boolean hasConsent(UUID customer, String purpose) {
    return Boolean.TRUE.equals(
        Routines.hasConsent(database.configuration(), customer, "sms", purpose));
  }

  private static String phone() {
    return "+49151%08d".formatted(random.nextInt(100_000_000));
  }

  private static UUID customer(String phone) {
    UUID id = UUID.randomUUID();
    api.starter("PUT", "/api/v1/customers/" + id)
        .body(
            "{'name':'Ann Lee','phone':'%s','locale':'en','zone':'Europe/Berlin'}".formatted(phone))
        .send()
        .expect(200);
    return id;
  }

  private static UUID message(String status) {
    UUID subject = UUID.randomUUID();
    return database
        .insertInto(MESSAGE)
        .set(MESSAGE.EVENT_ID, "booking-confirmed/" + subject)
        .set(MESSAGE.EVENT, "booking.created")
        .set(MESSAGE.KIND, "booking-confirmed")
        .set(MESSAGE.PURPOSE, "transactional")
        .set(MESSAGE.CHANNEL, "sms")
        .set(MESSAGE.RECIPIENT_KIND, "customer")
        .set(MESSAGE.RECIPIENT_ID, UUID.randomUUID())
        .set(MESSAGE.SUBJECT_KIND, "booking")
        .set(MESSAGE.SUBJECT_ID, subject)
        .set(MESSAGE.STATUS, status)
        .set(MESSAGE.REASON, "booking.created")
        .set(MESSAGE.CORRELATION_ID, "test")
        .set(MESSAGE.PROVIDER_ID, status.equals("sent") ? "SM1" : null)
        .set(MESSAGE.SENT_AT, status.equals("sent") ? SENT : null)
        .returning(MESSAGE.ID)
        .fetchSingle()
        .getId();
  }

  private static MessageRecord find(UUID message) {
    return database.selectFrom(MESSAGE).where(MESSAGE.ID.eq(message)).fetchSingle();
  }
}
