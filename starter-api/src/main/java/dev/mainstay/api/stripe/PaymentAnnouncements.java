package dev.mainstay.api.stripe;

import static dev.mainstay.db.generated.Tables.PAYMENT_ANNOUNCEMENT;

import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.stripe.StripePayment.Announced;
import dev.mainstay.api.stripe.StripePayment.Received;
import dev.mainstay.db.generated.tables.records.PaymentAnnouncementRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Joins what a Checkout session says of a payment that is still to come with the payment intent
 * that brings the money and says nothing. Either may come first, and both at once.
 */
@Component
class PaymentAnnouncements {

  /** For a payment that no session announces; Stripe repeats an event for three days. */
  private static final Duration FOREIGN_KEPT = Duration.ofDays(30);

  /** More than one for each that comes, so that they never pile up. */
  private static final int FORGOTTEN_AT_ONCE = 2;

  private final CommandRunner commands;
  private final DSLContext database;
  private final InstantSource clock;

  PaymentAnnouncements(CommandRunner commands, DSLContext database, InstantSource clock) {
    this.commands = commands;
    this.database = database;
    this.clock = clock;
  }

  /** Keeps what a payment will be for; returns the payment if its money has come before. */
  Optional<StripePayment> announce(Announced announced) {
    StripeMetadata metadata = announced.metadata();
    ZoneId zone = metadata.zone();
    var half = new HashMap<Field<?>, @Nullable Object>();
    half.put(PAYMENT_ANNOUNCEMENT.ANNOUNCED_AT, clock.instant());
    half.put(PAYMENT_ANNOUNCEMENT.STUDENT_ID, metadata.studentId());
    half.put(PAYMENT_ANNOUNCEMENT.COURSE_ID, metadata.courseId());
    half.put(PAYMENT_ANNOUNCEMENT.PREFERRED_TIME, metadata.preferredTime());
    half.put(PAYMENT_ANNOUNCEMENT.ZONE, zone == null ? null : zone.getId());
    half.put(
        PAYMENT_ANNOUNCEMENT.PROBLEM,
        metadata.problems().isEmpty() ? null : String.join(", ", metadata.problems()));
    return commands.inTransaction(() -> joined(announced.paymentId(), half));
  }

  /** Keeps that money has come; returns the payment if a session said what it is for. */
  Optional<StripePayment> receive(Received received) {
    var half = new HashMap<Field<?>, @Nullable Object>();
    half.put(PAYMENT_ANNOUNCEMENT.RECEIVED_AT, clock.instant());
    half.put(PAYMENT_ANNOUNCEMENT.AMOUNT_MINOR, received.amountMinor());
    half.put(PAYMENT_ANNOUNCEMENT.CURRENCY, received.currency().getCurrencyCode());
    return commands.inTransaction(() -> {
      forgetForeign();
      return joined(received.paymentId(), half);
    });
  }

  private Optional<StripePayment> joined(String paymentId, Map<Field<?>, @Nullable Object> half) {
    PaymentAnnouncementRecord row =
        database
            .insertInto(PAYMENT_ANNOUNCEMENT)
            .set(PAYMENT_ANNOUNCEMENT.PROVIDER, StripeEvents.PROVIDER)
            .set(PAYMENT_ANNOUNCEMENT.PROVIDER_PAYMENT_ID, paymentId)
            .set(half)
            .onConflict(PAYMENT_ANNOUNCEMENT.PROVIDER, PAYMENT_ANNOUNCEMENT.PROVIDER_PAYMENT_ID)
            .doUpdate()
            .set(half)
            .returning()
            .fetchSingle();
    return row.getAnnouncedAt() == null || row.getReceivedAt() == null
        ? Optional.empty()
        : Optional.of(payment(row));
  }

  private static StripePayment payment(PaymentAnnouncementRecord row) {
    String zone = row.getZone();
    String problem = row.getProblem();
    return StripePayment.of(
        row.getProviderPaymentId(),
        new StripeMetadata(
            row.getStudentId(),
            row.getCourseId(),
            row.getPreferredTime(),
            zone == null ? null : ZoneId.of(zone),
            problem == null ? List.of() : List.of(problem),
            List.of()),
        row.getAmountMinor(),
        Currency.getInstance(Objects.requireNonNull(row.getCurrency())));
  }

  private void forgetForeign() {
    Instant before = clock.instant().minus(FOREIGN_KEPT);
    var old =
        database
            .select(PAYMENT_ANNOUNCEMENT.PROVIDER_PAYMENT_ID)
            .from(PAYMENT_ANNOUNCEMENT)
            .where(
                PAYMENT_ANNOUNCEMENT.ANNOUNCED_AT.isNull(),
                PAYMENT_ANNOUNCEMENT.RECEIVED_AT.lt(before))
            .orderBy(PAYMENT_ANNOUNCEMENT.RECEIVED_AT)
            .limit(FORGOTTEN_AT_ONCE)
            .forUpdate()
            .skipLocked();
    var _ =
        database
            .deleteFrom(PAYMENT_ANNOUNCEMENT)
            .where(
                PAYMENT_ANNOUNCEMENT.PROVIDER.eq(StripeEvents.PROVIDER),
                PAYMENT_ANNOUNCEMENT.PROVIDER_PAYMENT_ID.in(old))
            .execute();
  }
}
