package dev.mainstay.api.booking;

import static dev.mainstay.db.generated.Tables.BOOKING;
import static dev.mainstay.db.generated.Tables.MESSAGE;
import static dev.mainstay.db.generated.Tables.PAYMENT;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;

import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.db.generated.Routines;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Component;

@Component
class BookingQueries {

  private static final Field<Instant> REMINDER_SENT_AT =
      field(
          select(min(MESSAGE.SENT_AT))
              .from(MESSAGE)
              .where(
                  MESSAGE.EVENT_ID.eq(Routines.appointmentEventId(BOOKING.ID, BOOKING.STARTS_AT))));

  private final DSLContext database;

  BookingQueries(DSLContext database) {
    this.database = database;
  }

  /** A booking that the client may see. */
  Optional<Booking> find(UUID id, ApiClient client) {
    return read(BOOKING.ID.eq(id).and(client.sees(BOOKING.CLIENT)), 1).stream().findFirst();
  }

  Page<Booking> list(BookingQuery query, PageQuery page, ApiClient client) {
    Condition condition = client.sees(BOOKING.CLIENT).and(BOOKING.ID.gt(page.above()));
    if (query.customer() != null) {
      condition = condition.and(BOOKING.CUSTOMER_ID.eq(query.customer()));
    }
    if (query.vendor() != null) {
      condition = condition.and(BOOKING.VENDOR_ID.eq(query.vendor()));
    }
    if (query.status() != null) {
      condition = condition.and(BOOKING.STATUS.eq(query.status().name()));
    }
    return Page.of(read(condition, page.withOneMore()), page, Booking::id);
  }

  private List<Booking> read(Condition condition, int limit) {
    return database
        .select(
            BOOKING.ID,
            BOOKING.VENDOR_ID,
            BOOKING.CUSTOMER_ID,
            BOOKING.SERVICE,
            BOOKING.SUBJECT,
            BOOKING.PLACE,
            BOOKING.STARTS_AT,
            BOOKING.ZONE,
            BOOKING.PRICE_MINOR,
            BOOKING.CURRENCY,
            BOOKING.PAYMENT_DUE_AT,
            BOOKING.STATUS,
            BOOKING.PAID_AT,
            PAYMENT.PROVIDER,
            PAYMENT.PROVIDER_PAYMENT_ID,
            PAYMENT.CONFIRMED_AT,
            BOOKING.DELIVERED_AT,
            BOOKING.CANCELLED_AT,
            REMINDER_SENT_AT,
            BOOKING.IMPORTED,
            BOOKING.TEST_DATA,
            BOOKING.CREATED_AT)
        .from(BOOKING)
        .leftJoin(PAYMENT)
        .on(PAYMENT.BOOKING_ID.eq(BOOKING.ID))
        .where(condition)
        .orderBy(BOOKING.ID)
        .limit(limit)
        .fetch(mapping(Booking::new));
  }
}
