package dev.mainstay.activities.payroll;

import dev.mainstay.activities.notification.message.EnglishFallback;
import dev.mainstay.activities.notification.message.Money;
import dev.mainstay.activities.notification.message.ValueFormat;
import dev.mainstay.activities.payroll.Receipt.Line;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.ResourceBundle;

/** A receipt's words in its vendor's language, else in English. */
final class ReceiptTexts {

  private final Receipt receipt;
  private final ResourceBundle words;
  private final Locale locale;
  private final ValueFormat phrasing;

  ReceiptTexts(Receipt receipt) {
    this.receipt = receipt;
    this.words =
        ResourceBundle.getBundle(
            ReceiptTexts.class.getPackageName() + ".receipt",
            receipt.locale(),
            new EnglishFallback());
    // Never two languages in one line
    this.locale =
        words.getLocale().getLanguage().equals(receipt.locale().getLanguage())
            ? receipt.locale()
            : words.getLocale();
    this.phrasing = new ValueFormat(locale);
  }

  /** The locale of the text. */
  Locale locale() {
    return locale;
  }

  String word(String key) {
    return words.getString(key);
  }

  String number() {
    return Long.toString(receipt.number());
  }

  String vendor() {
    return plain(receipt.vendor());
  }

  String period() {
    return said("interval", day(receipt.from()), day(receipt.to()));
  }

  String day(Instant at) {
    return day(at.atZone(receipt.zone()).toLocalDate());
  }

  String money(long minor) {
    return plain(new Money(minor, receipt.currency()));
  }

  String what(Line line) {
    String title = line.what() == null ? word("booking") : plain(line.what());
    String delivered =
        line.session() == null ? title : said("session", title, line.session().toString());
    return line.reversal() ? said("reversal", delivered) : delivered;
  }

  String page(String marketplace, int page) {
    return said("page", marketplace, number(), Integer.toString(page));
  }

  private String day(LocalDate day) {
    return plain(day);
  }

  private String said(String key, Object... values) {
    return new MessageFormat(word(key), locale).format(values);
  }

  private String plain(Object value) {
    return phrasing.full(value).toString();
  }
}
