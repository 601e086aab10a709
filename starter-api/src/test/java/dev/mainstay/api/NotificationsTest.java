package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.MESSAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NotificationsTest {

  private final TestApi api = TestApi.shared();
  private final UUID customer = api.newStudent();
  private final UUID booking = booking();

  @Test
  void aMessageIsShownWithWhatBecameOfIt() {
    UUID sent = message("booking", booking, "email", "sent", "booking.created");

    JsonNode shown = list("?booking=" + booking).path("items").get(0);

    assertThat(shown.path("id").asString()).isEqualTo(sent.toString());
    assertThat(shown.path("kind").asString()).isEqualTo("booking-confirmed");
    assertThat(shown.path("channel").asString()).isEqualTo("email");
    assertThat(shown.path("status").asString()).isEqualTo("sent");
    assertThat(shown.path("reason").asString()).isEqualTo("booking.created");
    assertThat(shown.path("providerId").asString()).isEqualTo("p-email");
    assertThat(shown.path("sentAt").asString()).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(shown.has("deliveredAt")).isFalse();
  }

  @Test
  void whatWasNotSentSaysWhy() {
    message("booking", booking, "sms", "suppressed", "no-consent");

    JsonNode shown = list("?booking=" + booking).path("items").get(0);

    assertThat(shown.path("status").asString()).isEqualTo("suppressed");
    assertThat(shown.path("reason").asString()).isEqualTo("no-consent");
  }

  @Test
  void messagesAreListedInPages() {
    String first = message("booking", booking, "email", "sent", "x").toString();
    String second = message("booking", booking, "sms", "sent", "x").toString();

    JsonNode page = list("?recipient=" + customer + "&limit=1");
    assertThat(page.path("items").findValuesAsString("id")).containsExactly(first);
    assertThat(
            list("?recipient=" + customer + "&limit=1&after=" + page.path("next").asString())
                .path("items")
                .findValuesAsString("id"))
        .containsExactly(second);
    assertThat(list("?purchase=" + booking + "&recipient=" + UUID.randomUUID()).path("items"))
        .isEmpty();
  }

  @Test
  void whatIsToldOfAnotherClientsBookingIsNotThere() {
    message("booking", booking, "email", "sent", "x");
    message("customer", customer, "email", "sent", "x");
    String stranger = api.newKey("stranger-" + booking, Role.STARTER);

    assertThat(list("?recipient=" + customer, stranger)).isZero();
    assertThat(list("?recipient=" + customer, api.key(Role.STARTER))).isEqualTo(1);
    assertThat(list("?recipient=" + customer, api.key(Role.AUDITOR))).isEqualTo(2);
  }

  @Test
  void aBookingShowsWhenItsReminderWasSent() {
    database(
        "update message set event_id = appointment_event_id(subject_id, '2099-01-01T10:00Z') where id = ?",
        message("booking", booking, "email", "sent", "x"));

    assertThat(
            api.starter("GET", "/api/v1/bookings/" + booking)
                .send()
                .json()
                .path("reminderSentAt")
                .asString())
        .isEqualTo("2026-11-22T12:00:00Z");
  }

  private void database(String statement, UUID message) {
    api.database().dsl().execute(statement, message);
  }

  private int list(String query, String key) {
    return api.call("GET", "/api/v1/notifications" + query)
        .key(key)
        .send()
        .expect(200)
        .json()
        .path("items")
        .size();
  }

  private JsonNode list(String query) {
    return api.starter("GET", "/api/v1/notifications" + query).send().expect(200).json();
  }

  private UUID message(
      String subjectKind, UUID subject, String channel, String status, String reason) {
    boolean sent = status.equals("sent");
    return api.database()
        .dsl()
        .insertInto(MESSAGE)
        .set(MESSAGE.EVENT_ID, "booking-confirmed/" + subject)
        .set(MESSAGE.EVENT, "booking.created")
        .set(MESSAGE.KIND, "booking-confirmed")
        .set(MESSAGE.PURPOSE, "transactional")
        .set(MESSAGE.CHANNEL, channel)
        .set(MESSAGE.RECIPIENT_KIND, "customer")
        .set(MESSAGE.RECIPIENT_ID, customer)
        .set(MESSAGE.SUBJECT_KIND, subjectKind)
        .set(MESSAGE.SUBJECT_ID, subject)
        .set(MESSAGE.STATUS, status)
        .set(MESSAGE.REASON, reason)
        .set(MESSAGE.PROVIDER_ID, sent ? "p-" + channel : null)
        .set(MESSAGE.SENT_AT, sent ? Instant.parse("2026-11-22T12:00:00Z") : null)
        .set(MESSAGE.CORRELATION_ID, "c")
        .returning(MESSAGE.ID)
        .fetchSingle()
        .getId();
  }

  private UUID booking() {
    api.starter("PUT", "/api/v1/vendors/" + customer)
        .body(
            "{'name':'Bo','email':'bo@example.com','locale':'en','zone':'UTC','cadence':'weekly','currency':'EUR'}")
        .send()
        .expect(200);
    return UUID.fromString(
        api.starter("POST", "/api/v1/bookings")
            .body(
                "{'vendorId':'%s','customerId':'%s','service':'Walk','startsAt':'2099-01-01T10:00:00Z','zone':'UTC','priceMinor':1,'currency':'EUR'}"
                    .formatted(customer, customer))
            .send()
            .expect(202)
            .json()
            .path("id")
            .asString());
  }
}
