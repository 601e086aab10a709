package dev.mainstay.activities.notification.message;

import static dev.mainstay.db.generated.Tables.ALLOCATION;
import static dev.mainstay.db.generated.Tables.BOOKING;
import static dev.mainstay.db.generated.Tables.COURSE_SESSION;
import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.MESSAGE;
import static dev.mainstay.db.generated.Tables.PAYMENT;
import static dev.mainstay.db.generated.Tables.PURCHASE;
import static dev.mainstay.db.generated.Tables.VENDOR;
import static dev.mainstay.workflows.notification.Channel.EMAIL;
import static dev.mainstay.workflows.notification.Channel.PUSH;
import static dev.mainstay.workflows.notification.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.notification.gateway.Email;
import dev.mainstay.activities.notification.gateway.Push;
import dev.mainstay.activities.notification.message.RenderedMessage.Broken;
import dev.mainstay.activities.notification.message.RenderedMessage.Unsendable;
import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.notification.MessageKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Messages contain the facts that the database has when they are written. */
class DatabaseMessageSourceTest {

  private static final MessageSettings SETTINGS =
      new MessageSettings(
          "Example",
          "https://shop.example/unsubscribe?who={customer}",
          "https://shop.example/join",
          "https://shop.example/reset/{token}",
          "https://api.example/downloads/{token}");

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database();
  private final List<UUID> tokensFor = new ArrayList<>();
  private final AtomicInteger statements = new AtomicInteger();
  private final DatabaseMessageSource letters = letters(SETTINGS);

  private final UUID customer = database.newId();
  private final UUID vendor = database.newId();
  private final UUID booking = database.newId();

  @BeforeEach
  void facts() {
    database
        .dsl()
        .insertInto(CUSTOMER)
        .set(CUSTOMER.ID, customer)
        .set(CUSTOMER.NAME, "Ann Lee")
        .set(CUSTOMER.EMAIL, "ann@example.org")
        .set(CUSTOMER.PHONE, "+14155550123")
        .set(CUSTOMER.LOCALE, "en-GB")
        .set(CUSTOMER.ZONE, "Asia/Tokyo")
        .execute();
    register("phone", "watch");
    database
        .dsl()
        .insertInto(VENDOR)
        .set(VENDOR.ID, vendor)
        .set(VENDOR.NAME, "Paws")
        .set(VENDOR.EMAIL, "paws@example.org")
        .set(VENDOR.LOCALE, "de-CH")
        .set(VENDOR.ZONE, "Europe/Zurich")
        .set(VENDOR.CADENCE, "weekly")
        .set(VENDOR.CURRENCY, "CHF")
        .execute();
    database
        .dsl()
        .insertInto(BOOKING)
        .set(BOOKING.ID, booking)
        .set(BOOKING.CUSTOMER_ID, customer)
        .set(BOOKING.VENDOR_ID, vendor)
        .set(BOOKING.SERVICE, "Dog walk")
        .set(BOOKING.SUBJECT, "Rex")
        .set(BOOKING.PLACE, "Lindenallee 7")
        .set(BOOKING.STARTS_AT, Instant.parse("2026-11-23T09:00:00Z"))
        .set(BOOKING.ZONE, "Europe/Zurich")
        .set(BOOKING.PRICE_MINOR, 4_550L)
        .set(BOOKING.CURRENCY, "CHF")
        .set(BOOKING.PAYMENT_DUE_AT, Instant.parse("2026-11-22T09:00:00Z"))
        .set(BOOKING.CLIENT, "shop")
        .set(BOOKING.CORRELATION_ID, "corr-1")
        .execute();
  }

  @AfterEach
  void close() {
    purchases.close();
  }

  @Test
  void aBookingIsToldToItsCustomerOnEachChannelAndToItsVendorInOtherWords() {
    UUID mail =
        message(MessageKind.BOOKING_CONFIRMED, EMAIL, "customer", customer, "booking", booking);
    UUID text =
        message(MessageKind.BOOKING_CONFIRMED, SMS, "customer", customer, "booking", booking);
    UUID push =
        message(MessageKind.BOOKING_CONFIRMED, PUSH, "customer", customer, "booking", booking);
    UUID toVendor =
        message(MessageKind.BOOKING_CONFIRMED, EMAIL, "vendor", vendor, "booking", booking);

    Map<UUID, RenderedMessage> written = letters.write(List.of(mail, text, push, toVendor));

    assertThat(email(written.get(mail)).to()).isEqualTo("ann@example.org");
    assertThat(email(written.get(mail)).messageId()).isEqualTo(mail);
    assertThat(email(written.get(mail)).locale()).isEqualTo("en-GB");
    assertThat(email(written.get(mail)).text())
        .contains(
            "Hello Ann Lee,",
            "With: Paws",
            "Where: Lindenallee 7",
            "When: Monday, 23 November 2026 at 10:00 CET",
            "Price: CHF",
            // Her own clock: she pays from where she is
            "Payment due: Sunday, 22 November 2026 at 18:00 JST");
    assertThat(((RenderedMessage.Text) Objects.requireNonNull(written.get(text))).sms())
        .satisfies(sms -> {
          assertThat(sms.to()).isEqualTo("+14155550123");
          assertThat(sms.text())
              .isEqualTo(
                  "Example: Booking confirmed: Dog walk for Rex with Paws,"
                      + " Mon 23 Nov, 10:00 CET, Lindenallee 7.");
        });
    assertThat(((RenderedMessage.Notices) Objects.requireNonNull(written.get(push))).pushes())
        .extracting(one -> one.token())
        .containsExactly("phone", "watch");
    assertThat(email(written.get(toVendor)).to()).isEqualTo("paws@example.org");
    assertThat(email(written.get(toVendor)).text())
        .contains("Hallo Paws,", "Ann Lee hat bei Ihnen gebucht.", "Kunde: Ann Lee")
        .doesNotContain("Bei:");
  }

  @Test
  void everythingIsWrittenOfAPurchase() {
    UUID course = purchases.course();
    UUID trainer = TestTrainer.teaching(course).living("America/New_York").in(database);
    UUID purchase = purchases.active(course);
    UUID student = student(purchase);
    reachable(student);
    database
        .dsl()
        .update(VENDOR)
        .set(VENDOR.NAME, "Grace")
        .set(VENDOR.EMAIL, "grace@example.org")
        .where(VENDOR.ID.eq(trainer))
        .execute();
    database.dsl().update(PAYMENT).set(PAYMENT.REFUNDED_MINOR, 4_000L).execute();

    assertThat(mail(MessageKind.PAYMENT_RECEIVED, "customer", student, "purchase", purchase))
        .contains("Course: Course", "Price: $100.00", "Invoice: 1");
    assertThat(mail(MessageKind.PURCHASE_CONFIRMED, "customer", student, "purchase", purchase))
        .contains("includes 20 sessions");
    assertThat(mail(MessageKind.SESSIONS_PLANNED, "customer", student, "purchase", purchase))
        .contains("Trainer: Grace", "- Monday, November 23, 2026 at 10:00\u202FAM UTC")
        .contains("- Tuesday, December 1, 2026 at 10:00\u202FAM UTC");
    assertThat(mail(MessageKind.NO_TRAINER_YET, "customer", student, "purchase", purchase))
        .contains("All trainers for Course are fully booked");
    assertThat(mail(MessageKind.PURCHASE_REFUNDED, "customer", student, "purchase", purchase))
        .contains("Amount refunded: $40.00");
    assertThat(mail(MessageKind.NEW_STUDENT, "vendor", trainer, "purchase", purchase))
        // By the trainer's clock
        .contains("Student: Student", "- Monday, November 23, 2026 at 5:00\u202FAM EST");
    assertThat(mail(MessageKind.STUDENT_GONE, "vendor", trainer, "purchase", purchase))
        .contains("Student has left the course Course");
    UUID session =
        database
            .dsl()
            .select(COURSE_SESSION.ID)
            .from(COURSE_SESSION)
            .where(COURSE_SESSION.ORDINAL.eq((short) 1))
            .fetchSingle()
            .value1();
    assertThat(mail(MessageKind.APPOINTMENT_TOMORROW, "customer", student, "session", session))
        .contains("your session with Grace", "Course: Course", "at 10:00\u202FAM UTC");
  }

  @Test
  void aBookingIsRemindedOfAndPaid() {
    assertThat(mail(MessageKind.APPOINTMENT_TOMORROW, "customer", customer, "booking", booking))
        .contains("Ann Lee", "Dog walk", "Rex", "Paws", "Lindenallee 7", "10:00 CET")
        .contains("https://shop.example/unsubscribe?who=" + customer);
    assertThat(mail(MessageKind.PAYMENT_DUE_SOON, "customer", customer, "booking", booking))
        .contains("due soon", "Payment due: Sunday, 22 November 2026");
    assertThat(mail(MessageKind.PAYMENT_OVERDUE, "customer", customer, "booking", booking))
        .contains("is overdue");
    assertThat(mail(MessageKind.BOOKING_CANCELLED, "customer", customer, "booking", booking))
        .contains("is cancelled");
    assertThat(mail(MessageKind.BOOKING_CANCELLED, "vendor", vendor, "booking", booking))
        .contains("Die Buchung von Ann Lee ist storniert.");
    assertThat(mail(MessageKind.PAYMENT_RECEIVED, "customer", customer, "booking", booking))
        .contains("Price: CHF");
  }

  @Test
  void whatIsPaidIsNotToBePaidUntilAnyTime() {
    database
        .dsl()
        .update(BOOKING)
        .set(BOOKING.STATUS, "paid")
        .set(BOOKING.PAID_AT, Instant.parse("2026-11-21T09:00:00Z"))
        .execute();

    assertThat(mail(MessageKind.BOOKING_CONFIRMED, "customer", customer, "booking", booking))
        .contains("Price: CHF")
        .doesNotContain("Payment due");
  }

  @Test
  void aLinkCarriesATokenMadeForTheTaskAsTheLetterIsWritten() {
    UUID task = database.newId();

    assertThat(mail(MessageKind.PASSWORD_RESET, "customer", customer, "task", task))
        .contains("Set a new password:\nhttps://shop.example/reset/token-1\n");
    assertThat(mail(MessageKind.YOUR_DATA, "customer", customer, "task", task))
        .contains("https://api.example/downloads/token-2");
    assertThat(mail(MessageKind.YOUR_REPORT, "customer", customer, "task", task))
        .contains("https://api.example/downloads/token-3");
    assertThat(mail(MessageKind.WELCOME, "customer", customer, "customer", customer))
        .contains("Your account at Example is ready");
    assertThat(mail(MessageKind.ACCOUNT_INVITE, "customer", customer, "customer", customer))
        .contains("https://shop.example/join");
    assertThat(tokensFor).containsExactly(task, task, task);
  }

  @Test
  void noTokenIsMadeForWhomItCannotReach() {
    database.dsl().update(CUSTOMER).setNull(CUSTOMER.EMAIL).execute();

    UUID reset =
        message(MessageKind.PASSWORD_RESET, EMAIL, "customer", customer, "task", database.newId());

    assertThat(one(reset)).isEqualTo(new Unsendable("no-address"));
    assertThat(tokensFor).isEmpty();
  }

  @Test
  void aVendorIsReachedOnTheVendorsDevices() {
    UUID course = purchases.course();
    UUID trainer = TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.active(course);
    purchases.schedule(List.of(purchase));
    Routines.setPushTokens(
        database.dsl().configuration(), null, trainer, new String[] {"tablet", "phone"});
    UUID toTrainer =
        message(MessageKind.NEW_STUDENT, PUSH, "vendor", trainer, "purchase", purchase);
    UUID toCustomer =
        message(MessageKind.BOOKING_CONFIRMED, PUSH, "customer", customer, "booking", booking);

    Map<UUID, RenderedMessage> written = letters.write(List.of(toTrainer, toCustomer));

    assertThat(tokens(written, toTrainer)).containsExactly("tablet", "phone");
    assertThat(tokens(written, toCustomer))
        .as("the phone is the trainer's now")
        .containsExactly("watch");
  }

  @Test
  void whatCannotBeSentSaysWhy() {
    database.dsl().update(CUSTOMER).setNull(CUSTOMER.PHONE).execute();
    register();
    UUID text =
        message(MessageKind.BOOKING_CONFIRMED, SMS, "customer", customer, "booking", booking);
    UUID push =
        message(MessageKind.BOOKING_CONFIRMED, PUSH, "customer", customer, "booking", booking);
    UUID noSubject =
        message(
            MessageKind.BOOKING_CONFIRMED,
            EMAIL,
            "customer",
            customer,
            "booking",
            database.newId());
    UUID noReader =
        message(
            MessageKind.BOOKING_CONFIRMED, EMAIL, "customer", database.newId(), "booking", booking);
    UUID reminder =
        message(MessageKind.APPOINTMENT_TOMORROW, EMAIL, "customer", customer, "booking", booking);
    UUID reset =
        message(MessageKind.PASSWORD_RESET, EMAIL, "customer", customer, "task", database.newId());

    Map<UUID, RenderedMessage> written =
        letters(new MessageSettings("Example", null, null, null, null))
            .write(List.of(text, push, noSubject, noReader, reminder, reset));

    assertThat(written)
        .containsEntry(text, new Unsendable("no-address"))
        .containsEntry(push, new Unsendable("no-address"))
        .containsEntry(noSubject, new Unsendable("gone"))
        .containsEntry(noReader, new Unsendable("gone"))
        .containsEntry(reminder, new Unsendable("not-configured"))
        .containsEntry(reset, new Unsendable("not-configured"));
  }

  @Test
  void oneThatCannotBeWrittenHoldsNoOther() {
    UUID other = database.newId();
    database
        .dsl()
        .insertInto(BOOKING)
        .set(database.dsl().fetchSingle(BOOKING).with(BOOKING.ID, other).with(BOOKING.ZONE, "Mars"))
        .execute();
    UUID bad =
        message(MessageKind.BOOKING_CONFIRMED, EMAIL, "customer", customer, "booking", other);
    UUID good =
        message(MessageKind.BOOKING_CONFIRMED, EMAIL, "customer", customer, "booking", booking);

    Map<UUID, RenderedMessage> written = letters.write(List.of(bad, good));

    assertThat(written.get(bad)).isInstanceOf(Broken.class);
    assertThat(written.get(good)).isInstanceOf(RenderedMessage.Mail.class);
  }

  @Test
  void onlyWhatWaitsIsWritten() {
    UUID sent = message(MessageKind.WELCOME, EMAIL, "customer", customer, "customer", customer);
    database
        .dsl()
        .update(MESSAGE)
        .set(MESSAGE.STATUS, "sent")
        .set(MESSAGE.SENT_AT, Instant.parse("2026-11-21T10:00:00Z"))
        .execute();

    assertThat(letters.write(List.of(sent, database.newId()))).isEmpty();
  }

  @Test
  void fiveHundredOfWhateverKindsAreReadInOneStatement() {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      UUID task = database.newId();
      ids.add(message(MessageKind.WELCOME, EMAIL, "customer", customer, "task", task));
      UUID one = anotherBooking();
      for (Channel channel : Channel.values()) {
        ids.add(
            message(MessageKind.BOOKING_CONFIRMED, channel, "customer", customer, "booking", one));
      }
      ids.add(message(MessageKind.BOOKING_CONFIRMED, EMAIL, "vendor", vendor, "booking", one));
    }

    Map<UUID, RenderedMessage> written = letters.write(ids);

    assertThat(statements).hasValue(1);
    assertThat(written).hasSize(500);
    assertThat(written.values())
        .noneMatch(letter -> letter instanceof Broken || letter instanceof Unsendable);
  }

  private UUID anotherBooking() {
    UUID id = database.newId();
    database
        .dsl()
        .insertInto(BOOKING)
        .set(database.dsl().fetchSingle(BOOKING, BOOKING.ID.eq(booking)).with(BOOKING.ID, id))
        .execute();
    return id;
  }

  private void reachable(UUID student) {
    database
        .dsl()
        .update(CUSTOMER)
        .set(CUSTOMER.EMAIL, "student@example.org")
        .where(CUSTOMER.ID.eq(student))
        .execute();
  }

  private UUID student(UUID purchase) {
    return database
        .dsl()
        .select(PURCHASE.STUDENT_ID)
        .from(PURCHASE)
        .join(ALLOCATION)
        .on(ALLOCATION.PURCHASE_ID.eq(PURCHASE.ID))
        .where(PURCHASE.ID.eq(purchase))
        .fetchSingle()
        .value1();
  }

  private String mail(
      MessageKind kind, String recipientKind, UUID recipient, String subjectKind, UUID subject) {
    return email(one(message(kind, EMAIL, recipientKind, recipient, subjectKind, subject))).text();
  }

  private RenderedMessage one(UUID message) {
    return Objects.requireNonNull(letters.write(List.of(message)).get(message));
  }

  private static Email email(@Nullable RenderedMessage letter) {
    assertThat(letter).isInstanceOf(RenderedMessage.Mail.class);
    return ((RenderedMessage.Mail) Objects.requireNonNull(letter)).email();
  }

  private UUID message(
      MessageKind kind,
      Channel channel,
      String recipientKind,
      UUID recipient,
      String subjectKind,
      UUID subject) {
    return database
        .dsl()
        .insertInto(MESSAGE)
        .set(MESSAGE.EVENT_ID, kind.text() + "/" + subject)
        .set(MESSAGE.EVENT, "tested")
        .set(MESSAGE.KIND, kind.text())
        .set(MESSAGE.PURPOSE, purpose(kind))
        .set(MESSAGE.CHANNEL, channel.text())
        .set(MESSAGE.RECIPIENT_KIND, recipientKind)
        .set(MESSAGE.RECIPIENT_ID, recipient)
        .set(MESSAGE.SUBJECT_KIND, subjectKind)
        .set(MESSAGE.SUBJECT_ID, subject)
        .set(MESSAGE.STATUS, "waiting")
        .set(MESSAGE.REASON, "tested")
        .set(MESSAGE.CORRELATION_ID, "corr-1")
        .returning(MESSAGE.ID)
        .fetchSingle()
        .getId();
  }

  private static String purpose(MessageKind kind) {
    return Arrays.stream(MessageTemplate.values())
            .anyMatch(template -> template.kind() == kind && template.isReminder())
        ? "reminder"
        : "transactional";
  }

  private DatabaseMessageSource letters(MessageSettings settings) {
    return new DatabaseMessageSource(
        counted(),
        JsonMapper.shared(),
        settings,
        task -> {
          tokensFor.add(task);
          return "token-" + tokensFor.size();
        });
  }

  private DSLContext counted() {
    var configuration = database.dsl().configuration();
    return DSL.using(configuration.derive(new DefaultExecuteListenerProvider(new Statements())));
  }

  private final class Statements implements ExecuteListener {
    private static final long serialVersionUID = 1;

    @Override
    public void executeStart(ExecuteContext context) {
      statements.incrementAndGet();
    }
  }

  private void register(String... tokens) {
    Routines.setPushTokens(database.dsl().configuration(), customer, null, tokens);
  }

  private static List<String> tokens(Map<UUID, RenderedMessage> written, UUID message) {
    return ((RenderedMessage.Notices) Objects.requireNonNull(written.get(message)))
        .pushes().stream().map(Push::token).toList();
  }
}
