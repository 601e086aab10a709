package dev.mainstay.db.testing;

import static dev.mainstay.db.generated.Tables.BOOKING;
import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.VENDOR;

import dev.mainstay.db.generated.Routines;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booking for tests: by default of a new customer in UTC with a new vendor, 45.00 USD, received a
 * week before it starts, without a payment deadline.
 *
 * @param customer null for a new one, living in {@code zone}
 * @param vendor null for a new one
 */
public record TestBooking(
    @Nullable UUID customer,
    @Nullable UUID vendor,
    String zone,
    Instant startsAt,
    Instant receivedAt,
    long priceMinor,
    @Nullable Instant dueAt,
    boolean imported) {

  private static final Duration WEEK = Duration.ofDays(7);

  public static TestBooking startingAt(String instant) {
    Instant start = Instant.parse(instant);
    return new TestBooking(null, null, "UTC", start, start.minus(WEEK), 4_500, null, false);
  }

  public TestBooking of(UUID who) {
    return new TestBooking(who, vendor, zone, startsAt, receivedAt, priceMinor, dueAt, imported);
  }

  public TestBooking by(UUID who) {
    return new TestBooking(customer, who, zone, startsAt, receivedAt, priceMinor, dueAt, imported);
  }

  public TestBooking living(String in) {
    return new TestBooking(customer, vendor, in, startsAt, receivedAt, priceMinor, dueAt, imported);
  }

  public TestBooking receivedAt(String instant) {
    return new TestBooking(
        customer, vendor, zone, startsAt, Instant.parse(instant), priceMinor, dueAt, imported);
  }

  public TestBooking costing(long minor) {
    return new TestBooking(customer, vendor, zone, startsAt, receivedAt, minor, dueAt, imported);
  }

  public TestBooking dueAt(String instant) {
    return new TestBooking(
        customer, vendor, zone, startsAt, receivedAt, priceMinor, Instant.parse(instant), imported);
  }

  public TestBooking fromElsewhere() {
    return new TestBooking(customer, vendor, zone, startsAt, receivedAt, priceMinor, dueAt, true);
  }

  /** Adds it to the database. */
  public UUID in(TestDatabase database) {
    UUID id = database.newId();
    database
        .dsl()
        .insertInto(BOOKING)
        .set(BOOKING.ID, id)
        .set(BOOKING.CUSTOMER_ID, customer == null ? newCustomer(database) : customer)
        .set(BOOKING.VENDOR_ID, vendor == null ? newVendor(database) : vendor)
        .set(BOOKING.SERVICE, "Airport transfer")
        .set(BOOKING.STARTS_AT, startsAt)
        .set(BOOKING.ZONE, zone)
        .set(BOOKING.PRICE_MINOR, priceMinor)
        .set(BOOKING.CURRENCY, "USD")
        .set(BOOKING.PAYMENT_DUE_AT, dueAt)
        .set(BOOKING.IMPORTED, imported)
        .set(BOOKING.CLIENT, "test")
        .set(BOOKING.CORRELATION_ID, "correlation")
        .set(BOOKING.CREATED_AT, receivedAt)
        .execute();
    return id;
  }

  private UUID newCustomer(TestDatabase database) {
    UUID id = database.newId();
    database
        .dsl()
        .insertInto(CUSTOMER)
        .set(CUSTOMER.ID, id)
        .set(CUSTOMER.NAME, "Customer")
        .set(CUSTOMER.EMAIL, id + "@example.com")
        .set(CUSTOMER.PHONE, "+4915112345678")
        .set(CUSTOMER.LOCALE, "en")
        .set(CUSTOMER.ZONE, zone)
        .execute();
    Routines.setPushTokens(database.dsl().configuration(), id, null, new String[] {"token-" + id});
    return id;
  }

  public static UUID newVendor(TestDatabase database) {
    UUID id = database.newId();
    database
        .dsl()
        .insertInto(VENDOR)
        .set(VENDOR.ID, id)
        .set(VENDOR.NAME, "Vendor")
        .set(VENDOR.EMAIL, id + "@example.com")
        .set(VENDOR.LOCALE, "en")
        .set(VENDOR.ZONE, "UTC")
        .set(VENDOR.CADENCE, "weekly")
        .set(VENDOR.CURRENCY, "USD")
        .execute();
    return id;
  }
}
