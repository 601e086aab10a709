package dev.mainstay.activities.notification.message;

import com.ibm.icu.text.DateTimePatternGenerator;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Formats facts for a locale. Text that people entered stays one line, whatever it holds, and
 * cannot turn the direction of the text after it.
 */
public final class ValueFormat {

  /** The maximum number of characters of a value in a short text. */
  static final int BRIEF = 32;

  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");
  private static final Pattern TURNS = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");
  private static final Pattern WIDE_SPACES = Pattern.compile("[\\u00A0\\u202F]");
  private static final String CUT = "...";

  private final Locale locale;
  private final DateTimeFormatter moment;
  private final DateTimeFormatter briefMoment;
  private final DateTimeFormatter day;

  /** As people of this locale read them. */
  public ValueFormat(Locale locale) {
    var patterns = DateTimePatternGenerator.getInstance(locale);
    this.locale = locale;
    // Not ICU's own formatter, which shows most zones only as GMT+1
    this.moment = DateTimeFormatter.ofPattern(patterns.getBestPattern("yMMMMEEEEdjmmz"), locale);
    this.briefMoment = DateTimeFormatter.ofPattern(patterns.getBestPattern("MMMEdjmmz"), locale);
    this.day = DateTimeFormatter.ofPattern(patterns.getBestPattern("yMMMMd"), locale);
  }

  /**
   * As there is room for in an e-mail: text for a {@link ZonedMoment}, a {@link Money}, a date and
   * a text, the number itself for a number.
   *
   * @throws IllegalArgumentException for anything else
   */
  public Object full(Object value) {
    return value instanceof ZonedMoment(var at, var zone)
        ? moment.format(at.atZone(zone))
        : plain(value);
  }

  /** As there is room for in a text message, a notice or a subject. */
  Object brief(Object value) {
    return switch (value) {
      case ZonedMoment(var at, var zone) -> simple(briefMoment.format(at.atZone(zone)));
      case String text -> cut(oneLine(text));
      default -> plain(value) instanceof String text ? simple(text) : value;
    };
  }

  private Object plain(Object value) {
    return switch (value) {
      case String text -> oneLine(text);
      case Money money -> money(money);
      case LocalDate date -> day.format(date);
      // As numbers, so that words can distinguish one from many
      case Integer _, Long _ -> value;
      default -> throw new IllegalArgumentException("cannot tell a " + value.getClass());
    };
  }

  /** With all digits that the currency has, which CLDR would not show of each. */
  private String money(Money money) {
    int digits = money.currency().getDefaultFractionDigits();
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(money.currency());
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(BigDecimal.valueOf(money.minor(), digits));
  }

  private static String oneLine(String text) {
    return BREAKS.matcher(TURNS.matcher(text).replaceAll("")).replaceAll(" ").strip();
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= BRIEF
        ? text
        : text.substring(0, text.offsetByCodePoints(0, BRIEF - CUT.length())).strip() + CUT;
  }

  /** With plain spaces: a single wide one halves the room of a text message. */
  private static String simple(String text) {
    return WIDE_SPACES.matcher(text).replaceAll(" ");
  }
}
