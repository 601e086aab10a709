package dev.mainstay.activities.task;

import static dev.mainstay.db.generated.Tables.ALLOCATION;
import static dev.mainstay.db.generated.Tables.BOOKING;
import static dev.mainstay.db.generated.Tables.COURSE;
import static dev.mainstay.db.generated.Tables.COURSE_SESSION;
import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.PAYMENT;
import static dev.mainstay.db.generated.Tables.PURCHASE;
import static dev.mainstay.db.generated.Tables.VENDOR;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;

/** A person's purchases and their dates, in plain text, in the person's language. */
final class PersonReport implements TaskFile {

  private static final int ROWS = 500;
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");

  private final DSLContext database;
  private final InstantSource clock;

  PersonReport(DSLContext database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "your-report.txt";
  }

  @Override
  public String mediaType() {
    return "text/plain;charset=UTF-8";
  }

  @Override
  public void write(UUID customerId, OutputStream out) throws IOException {
    var customer =
        database
            .select(CUSTOMER.NAME, CUSTOMER.LOCALE, CUSTOMER.ZONE)
            .from(CUSTOMER)
            .where(CUSTOMER.ID.eq(customerId))
            .fetchSingle();
    Text text =
        new Text(out, Locale.forLanguageTag(customer.value2()), ZoneId.of(customer.value3()));
    text.line(text.word("title") + " " + oneLine(customer.value1()));
    text.line(text.moment(clock.instant()));
    text.section(
        "purchases",
        purchases(customerId),
        row ->
            "%s · %s · %s · %s"
                .formatted(
                    text.moment(row.get(PURCHASE.CREATED_AT)),
                    oneLine(row.get(COURSE.TITLE)),
                    text.money(row.get(PAYMENT.AMOUNT_MINOR), row.get(PAYMENT.CURRENCY)),
                    text.word(row.get(PURCHASE.STATUS))));
    text.section(
        "sessions",
        sessions(customerId),
        row ->
            "%s · %s · %s · %s"
                .formatted(
                    text.moment(row.get(COURSE_SESSION.STARTS_AT), row.get(COURSE_SESSION.ZONE)),
                    oneLine(row.get(COURSE.TITLE)),
                    oneLine(row.get(VENDOR.NAME)),
                    text.word(row.get(COURSE_SESSION.STATUS))));
    text.section(
        "bookings",
        bookings(customerId),
        row ->
            "%s · %s · %s · %s · %s"
                .formatted(
                    text.moment(row.get(BOOKING.STARTS_AT), row.get(BOOKING.ZONE)),
                    oneLine(row.get(BOOKING.SERVICE)),
                    oneLine(row.get(VENDOR.NAME)),
                    text.money(row.get(BOOKING.PRICE_MINOR), row.get(BOOKING.CURRENCY)),
                    text.word(row.get(BOOKING.STATUS))));
  }

  private Select<? extends Record> purchases(UUID customerId) {
    return database
        .select(
            PURCHASE.CREATED_AT,
            COURSE.TITLE,
            PAYMENT.AMOUNT_MINOR,
            PAYMENT.CURRENCY,
            PURCHASE.STATUS)
        .from(PURCHASE)
        .join(COURSE)
        .on(COURSE.ID.eq(PURCHASE.COURSE_ID))
        .join(PAYMENT)
        .on(PAYMENT.ID.eq(PURCHASE.PAYMENT_ID))
        .where(PURCHASE.STUDENT_ID.eq(customerId))
        .orderBy(PURCHASE.ID);
  }

  private Select<? extends Record> sessions(UUID customerId) {
    return database
        .select(
            COURSE_SESSION.STARTS_AT,
            COURSE_SESSION.ZONE,
            COURSE.TITLE,
            VENDOR.NAME,
            COURSE_SESSION.STATUS)
        .from(PURCHASE)
        .join(ALLOCATION)
        .on(ALLOCATION.PURCHASE_ID.eq(PURCHASE.ID))
        .join(COURSE_SESSION)
        .on(COURSE_SESSION.ALLOCATION_ID.eq(ALLOCATION.ID))
        .join(COURSE)
        .on(COURSE.ID.eq(ALLOCATION.COURSE_ID))
        .join(VENDOR)
        .on(VENDOR.ID.eq(COURSE_SESSION.TRAINER_ID))
        .where(PURCHASE.STUDENT_ID.eq(customerId))
        .orderBy(COURSE_SESSION.STARTS_AT, COURSE_SESSION.ID);
  }

  private Select<? extends Record> bookings(UUID customerId) {
    return database
        .select(
            BOOKING.STARTS_AT,
            BOOKING.ZONE,
            BOOKING.SERVICE,
            VENDOR.NAME,
            BOOKING.PRICE_MINOR,
            BOOKING.CURRENCY,
            BOOKING.STATUS)
        .from(BOOKING)
        .join(VENDOR)
        .on(VENDOR.ID.eq(BOOKING.VENDOR_ID))
        .where(BOOKING.CUSTOMER_ID.eq(customerId))
        .orderBy(BOOKING.STARTS_AT, BOOKING.ID);
  }

  /** Keeps text that people entered on one line. */
  private static String oneLine(String text) {
    return BREAKS.matcher(text).replaceAll(" ").strip();
  }

  /** The report's text, in the reader's language, or in English. */
  private static final class Text {

    private static final ResourceBundle.Control ENGLISH_ELSE =
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final OutputStream out;
    private final Locale locale;
    private final ZoneId zone;
    private final ResourceBundle words;

    Text(OutputStream out, Locale reader, ZoneId zone) {
      this.out = out;
      this.zone = zone;
      this.words =
          ResourceBundle.getBundle(
              PersonReport.class.getPackageName() + ".report", reader, ENGLISH_ELSE);
      // Never two languages in one line
      this.locale =
          words.getLocale().getLanguage().equals(reader.getLanguage()) ? reader : Locale.ENGLISH;
    }

    <R extends Record> void section(String name, Select<R> query, Function<R, String> line)
        throws IOException {
      line("");
      line(word(name));
      boolean none = true;
      try (Cursor<R> rows = query.fetchSize(ROWS).fetchLazy()) {
        for (R row : rows) {
          none = false;
          line("- " + line.apply(row));
        }
      }
      if (none) {
        line(word("none"));
      }
    }

    void line(String line) throws IOException {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    String word(String key) {
      return words.getString(key);
    }

    String moment(Instant at) {
      return moment(at, zone.getId());
    }

    String moment(Instant at, String in) {
      return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG)
          .withLocale(locale)
          .format(at.atZone(ZoneId.of(in)));
    }

    String money(long minor, String code) {
      Currency currency = Currency.getInstance(code);
      NumberFormat format = NumberFormat.getCurrencyInstance(locale);
      format.setCurrency(currency);
      format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
      format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
      return format.format(BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()));
    }
  }
}
