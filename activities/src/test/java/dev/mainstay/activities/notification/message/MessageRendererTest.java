package dev.mainstay.activities.notification.message;

import static dev.mainstay.workflows.notification.Channel.EMAIL;
import static dev.mainstay.workflows.notification.Channel.PUSH;
import static dev.mainstay.workflows.notification.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.notification.gateway.Email;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that is written, as its reader sees it. */
class MessageRendererTest {

  /** With Latin letters, whatever the names; with others, half as much fits into one. */
  private static final int SEGMENTS = 2;

  private static final int SEGMENTS_OF_UNICODE = 4;

  static Stream<TestMessageDraft> everything() {
    return TestMessageDraft.all();
  }

  static Stream<TestMessageDraft> textMessages() {
    return TestMessageDraft.all().filter(draft -> draft.draft().channel() == SMS);
  }

  @ParameterizedTest
  @MethodSource("everything")
  void everythingIsToldAndNothingIsLeftToFillIn(TestMessageDraft draft) {
    assertThat(draft.read()).doesNotContain("{", "}", "[", "null").isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void whatALetterMayLackLeavesNoGap(TestMessageDraft draft) {
    assertThat(draft.bare().read()).doesNotContain("null", "  ", " ,", " .", ": ,", "()");
  }

  @ParameterizedTest
  @MethodSource("everything")
  void whatPeopleAreCalledIsHarmless(TestMessageDraft draft) {
    String name = "<b onclick='x()'>{name}</b>\r\nBcc: eve@example.org\u2028\u202Eeno";
    RenderedMessage letter = draft.withTexts(_ -> name).letter();

    switch (letter) {
      case RenderedMessage.Mail(Email email) -> {
        assertThat(email.subject()).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202E]");
        assertThat(email.text())
            .contains("<b onclick='x()'>{name}</b> Bcc: eve@example.org eno")
            .doesNotContain("\nBcc", "\r", "\u2028", "\u202E");
        assertThat(email.html())
            .contains("&lt;b onclick=")
            .doesNotContain("<b ", "</b>", "\r", "\nBcc", "\u2028", "\u202E");
      }
      case RenderedMessage.Text(var sms) -> assertThat(sms.text()).doesNotContainPattern("\\p{Cc}");
      case RenderedMessage.Notices(var pushes) ->
          assertThat(pushes)
              .allSatisfy(
                  push -> assertThat(push.title() + push.text()).doesNotContainPattern("\\p{Cc}"));
      case RenderedMessage.Unsendable(String reason) -> throw new AssertionError(reason);
      case RenderedMessage.Broken(String said) -> throw new AssertionError(said);
    }
  }

  @ParameterizedTest
  @MethodSource("textMessages")
  void aTextMessageStaysShortHoweverLongTheNames(TestMessageDraft draft) {
    assertThat(Segments.of(draft.read())).isEqualTo(1);

    TestMessageDraft farAway = draft.in(ZoneId.of("Australia/Eucla"));
    String latin = farAway.calling("m".repeat(200));
    assertThat(Segments.isGsm(latin)).isTrue();
    assertThat(Segments.of(latin)).isLessThanOrEqualTo(SEGMENTS);

    String unicode = farAway.calling("\u0141".repeat(200));
    assertThat(Segments.of(unicode)).isLessThanOrEqualTo(SEGMENTS_OF_UNICODE);
  }

  @Test
  void aReminderNamesCustomerSubjectVendorServiceAndPlace() {
    assertThat(
            TestMessageDraft.of(MessageTemplate.APPOINTMENT_TOMORROW, SMS, Locale.ENGLISH).read())
        .isEqualTo(
            "Example: Reminder for Ada Lovelace: Dog walk for Rex with Paws & Co.,"
                + " Mon, Nov 23, 10:00 AM CET, Lindenallee 7.");
    assertThat(TestMessageDraft.of(MessageTemplate.LESSON_TOMORROW, SMS, Locale.GERMAN).read())
        .isEqualTo(
            "Example: Erinnerung für Ada Lovelace: Piano for beginners bei Grace Hopper,"
                + " Mo., 23. Nov., 10:00 MEZ.");
  }

  @Test
  void aBookingIsConfirmedInFull() {
    Email email =
        TestMessageDraft.of(MessageTemplate.BOOKING_CONFIRMED, EMAIL, Locale.GERMAN).email();

    assertThat(email.subject()).isEqualTo("Buchung bestätigt: Dog walk, Mo., 23. Nov., 10:00 MEZ");
    assertThat(email.locale()).isEqualTo("de");
    assertThat(email.text())
        .isEqualTo(
            """
            Hallo Ada Lovelace,

            Ihre Buchung bei Paws & Co. ist bestätigt.

            Leistung: Dog walk
            Für: Rex
            Bei: Paws & Co.
            Ort: Lindenallee 7
            Termin: Montag, 23. November 2026 um 10:00 MEZ
            Preis: 45,50\u00A0€
            Zahlbar bis: Sonntag, 22. November 2026 um 18:00 MEZ

            Ihr Team von Example
            """);
    assertThat(email.html())
        .startsWith("<!DOCTYPE html>")
        .contains("lang=\"de\"", "dir=\"ltr\"", "Paws &amp; Co.", "Montag, 23. November 2026");
    assertThat(email.unsubscribe()).isNull();
    assertThat(email.attachments()).isEmpty();
  }

  @Test
  void plannedSessionsAreListed() {
    Email email =
        TestMessageDraft.of(MessageTemplate.SESSIONS_PLANNED, EMAIL, Locale.ENGLISH).email();

    assertThat(email.text())
        .contains(
            "We have scheduled these sessions for you:",
            "- Monday, November 23, 2026 at 10:00\u202FAM CET\n- Tuesday, November 24, 2026");
    assertThat(email.html()).contains("<li>Tuesday, November 24, 2026");
  }

  @Test
  void oneIsToldFromMany() {
    var one =
        TestMessageDraft.of(MessageTemplate.PURCHASE_CONFIRMED, PUSH, Locale.ENGLISH)
            .telling(new Facts.Purchased("Piano", 1));
    var many = one.telling(new Facts.Purchased("Piano", 1_200));

    assertThat(one.read()).isEqualTo("Welcome to Piano\nYour course includes 1 session.");
    assertThat(many.read()).isEqualTo("Welcome to Piano\nYour course includes 1,200 sessions.");
  }

  @Test
  void onlyRemindersByEmailCanBeEnded() {
    Email reminder =
        TestMessageDraft.of(MessageTemplate.PAYMENT_OVERDUE, EMAIL, Locale.ENGLISH).email();

    assertThat(reminder.unsubscribe()).isEqualTo("https://marketplace.example/unsubscribe");
    assertThat(reminder.text()).contains("Stop reminders by email:\nhttps://marketplace");
    assertThat(reminder.html()).contains("href=\"https://marketplace.example/unsubscribe\"");
    assertThat(TestMessageDraft.all().filter(draft -> draft.draft().channel() == EMAIL))
        .allSatisfy(draft ->
            assertThat(draft.email().unsubscribe() != null)
                .isEqualTo(draft.draft().template().isReminder()));
  }

  @Test
  void aButtonLeadsWhereItSays() {
    Email email =
        TestMessageDraft.of(MessageTemplate.PASSWORD_RESET, EMAIL, Locale.ENGLISH).email();

    assertThat(email.text())
        .contains("Set a new password:\nhttps://marketplace.example/password-reset\n");
    assertThat(email.html()).contains("<a href=\"https://marketplace.example/password-reset\"");
  }

  @Test
  void everyDeviceOfTheRecipientIsTold() {
    var draft = TestMessageDraft.of(MessageTemplate.NO_TRAINER_YET, PUSH, Locale.ENGLISH).draft();
    var to = draft.to();
    var twoDevices =
        new MessageDraft(
            draft.messageId(),
            draft.template(),
            PUSH,
            new MessageDraft.Recipient(
                to.name(), to.email(), to.phone(), List.of("one", "two"), to.locale()),
            draft.facts(),
            null,
            null,
            List.of());

    var letter = (RenderedMessage.Notices) new MessageRenderer("Example").write(twoDevices);

    assertThat(letter.pushes()).extracting(push -> push.token()).containsExactly("one", "two");
  }

  @ParameterizedTest
  @CsvSource({
    "en, USD, 4550, $45.50",
    "en, JPY, 4550, '¥4,550'",
    "en, BHD, 4550, BHD4.550",
    "de, EUR, 123456789, '1.234.567,89\u00A0€'",
    "de-AT, EUR, 450, '€\u00A04,50'",
    // CLDR shows forints without their hundredths
    "de, HUF, 4550, '45,50\u00A0HUF'"
  })
  void moneyIsToldWithAllTheDigitsOfItsCurrency(
      String locale, String currency, long minor, String told) {
    var phrasing = new ValueFormat(Locale.forLanguageTag(locale));

    assertThat(phrasing.full(new Money(minor, Currency.getInstance(currency)))).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({
    "en, Europe/Berlin, 2026-07-06T08:00:00Z, 'Monday, July 6, 2026 at 10:00\u202FAM CEST'",
    "en-GB, Europe/London, 2026-07-06T08:00:00Z, 'Monday, 6 July 2026 at 09:00 BST'",
    "de, America/New_York, 2026-11-23T01:30:00Z, 'Sonntag, 22. November 2026 um 20:30 EST'",
    // The same hour twice, and distinguishable
    "de, Europe/Berlin, 2026-10-25T00:30:00Z, 'Sonntag, 25. Oktober 2026 um 02:30 MESZ'",
    "de, Europe/Berlin, 2026-10-25T01:30:00Z, 'Sonntag, 25. Oktober 2026 um 02:30 MEZ'"
  })
  void aMomentIsToldByTheClockOfItsZone(String locale, String zone, Instant at, String told) {
    var phrasing = new ValueFormat(Locale.forLanguageTag(locale));

    assertThat(phrasing.full(new ZonedMoment(at, ZoneId.of(zone)))).isEqualTo(told);
  }

  @Test
  void aFactThatIsLackingCannotBeSaid() {
    var lacking = Fact.variables(List.of(new Fact("place", true, null)), value -> value);

    assertThat(lacking).containsEntry("hasPlace", "no");
    assertThatThrownBy(() -> String.valueOf(lacking.get("place")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Fact("service", false, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("service");
  }
}
