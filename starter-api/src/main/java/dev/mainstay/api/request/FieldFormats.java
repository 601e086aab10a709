package dev.mainstay.api.request;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.DateTimeFormat;
import com.networknt.schema.format.EmailFormat;
import com.networknt.schema.format.Format;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.workflows.ProcessTypes;
import dev.mainstay.workflows.process.IntakeKind;
import dev.mainstay.workflows.process.ProcessType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The formats of strings that the OpenAPI description names beyond JSON Schema's own. */
@Component
public final class FieldFormats {

  public static final String LINE = "line";
  public static final String PROVIDER = "payment-provider";
  public static final String ZONE = "iana-zone";
  public static final String CURRENCY = "iso-4217";
  public static final String LOCALE = "bcp47";
  public static final String EMAIL = "email";
  public static final String PHONE = "phone";
  public static final String LOCAL_TIME = "local-time";
  public static final String END_TIME = "end-time";
  public static final String DURATION = "iso-duration";

  private static final Pattern HH_MM = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
  private static final Format RFC_3339 = new DateTimeFormat();
  private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");

  /**
   * What is written into a number to be read more easily. Letters and signs are refused: they stand
   * for an extension or a second number, or libphonenumber takes them for digits of the keypad.
   */
  private static final Pattern DIALLED = Pattern.compile("\\+[\\p{Nd}\\p{Zs}\\p{Pd}().]+");

  private static final Pattern ASCII = Pattern.compile("[ -~]+");
  private static final Format MAILBOX = new EmailFormat();

  private final Map<String, FieldFormat> formats = new LinkedHashMap<>();

  /**
   * All of them.
   *
   * @param others processes beside the product's own
   */
  FieldFormats(KnownZones zones, ObjectProvider<ProcessType> others) {
    Set<String> ownSources = ownSources(others);
    add(LINE, "one line of text, not blank", FieldFormats::isLine);
    add(
        PROVIDER,
        "a payment provider, not what the product names its own",
        text -> !ownSources.contains(text));
    add(ZONE, "a region of the IANA time zone database, as Europe/Berlin", zones::contain);
    add(CURRENCY, "a currency of ISO 4217 in capitals, as EUR", FieldFormats::isCurrency);
    add(LOCALE, "a BCP 47 language tag, as en or de-AT", FieldFormats::isLocale);
    // JSON Schema's own, without the letters that need a mail server with SMTPUTF8
    add(
        EMAIL,
        "an e-mail address in ASCII, as ann@example.com; a domain of other letters begins with xn--",
        FieldFormats::isEmail);
    add(
        PHONE,
        "a phone number that exists, with + and country code and without an extension",
        FieldFormats::isPhone);
    add(LOCAL_TIME, "a local time HH:mm", FieldFormats::isLocalTime);
    add(END_TIME, "a local time HH:mm, or 24:00", FieldFormats::isEndTime);
    // JSON Schema's own, without the years that PostgreSQL or ISO 8601 write in another way
    add("date", "a date of the years 1 to 9999, as 2026-12-24", FieldFormats::isDate);
    add(
        "date-time",
        "a time of the years 1 to 9999 with its offset, as 2026-11-16T09:00:00Z",
        FieldFormats::isDateTime);
    add(DURATION, "an ISO 8601 duration of 0 to 365 days, as PT15M", FieldFormats::isDuration);
  }

  Collection<? extends Format> all() {
    return formats.values();
  }

  /** Completes "must be …". */
  String meaning(String name) {
    FieldFormat format = formats.get(name);
    return format == null ? "a valid " + name : format.meaning();
  }

  public static boolean isCurrency(String text) {
    return Currency.getAvailableCurrencies().stream()
        .anyMatch(currency ->
            currency.getDefaultFractionDigits() >= 0 && currency.getCurrencyCode().equals(text));
  }

  /** Whether it is {@code HH:mm}. */
  public static boolean isLocalTime(String text) {
    return HH_MM.matcher(text).matches();
  }

  /**
   * A phone number as it is stored and as gateways accept it: E.164.
   *
   * @param phone one that passed the format {@link #PHONE}
   */
  public static String e164(String phone) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    try {
      return phones.format(phones.parse(phone, null), PhoneNumberFormat.E164);
    } catch (NumberParseException e) {
      throw new IllegalArgumentException("not a phone number", e);
    }
  }

  /** Whether it is an RFC 3339 time that Java can hold and PostgreSQL writes with four digits. */
  static boolean isDateTime(String text) {
    try {
      Instant time = Instant.parse(text);
      return RFC_3339.matches(null, text) && !time.isBefore(YEAR_1) && time.isBefore(YEAR_10000);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      int year = LocalDate.parse(text).getYear();
      return year >= 1 && year <= 9999;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isEndTime(String text) {
    return isLocalTime(text) || text.equals("24:00");
  }

  private static boolean isDuration(String text) {
    try {
      Duration duration = Duration.parse(text);
      return !duration.isNegative() && duration.compareTo(LONGEST) <= 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isLine(String text) {
    return !text.isBlank()
        && text.codePoints()
            .noneMatch(character ->
                Character.isISOControl(character)
                    || Character.getType(character) == Character.SURROGATE);
  }

  /**
   * The sources of rows that the product itself writes. No caller may use them: its row would block
   * the product's own row of the same key.
   */
  private static Set<String> ownSources(ObjectProvider<ProcessType> others) {
    return Stream.concat(
            Stream.of(Intake.SPLIT_OFF),
            Stream.concat(ProcessTypes.ALL.stream(), others.stream())
                .flatMap(type -> type.intake().stream())
                .map(IntakeKind::name))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isLocale(String text) {
    try {
      return TAG.matcher(text).matches()
          && !new Locale.Builder().setLanguageTag(text).build().getLanguage().isEmpty();
    } catch (IllformedLocaleException e) {
      return false;
    }
  }

  private static boolean isEmail(String text) {
    return ASCII.matcher(text).matches() && MAILBOX.matches(null, text);
  }

  private static boolean isPhone(String text) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    try {
      return DIALLED.matcher(text).matches() && phones.isValidNumber(phones.parse(text, null));
    } catch (NumberParseException e) {
      return false;
    }
  }

  private void add(String name, String meaning, Predicate<String> test) {
    formats.put(name, new FieldFormat(name, meaning, test));
  }

  private record FieldFormat(String name, String meaning, Predicate<String> test)
      implements Format {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean matches(ExecutionContext context, String value) {
      return test.test(value);
    }
  }
}
