package dev.mainstay.activities.payroll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.openpdf.text.Font;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.FontSelector;

/**
 * The fonts of receipts. Latin, Greek, Cyrillic, Hebrew, Arabic, Armenian and Georgian letters are
 * embedded; Chinese, Japanese and Korean ones are drawn by the reader's own fonts, which each
 * reader of PDF has or fetches. A character that neither knows is shown as a box, never left out.
 */
final class ReceiptFonts {

  // One for all: a second one, for what is bold, would make a receipt twice as large.
  private static final BaseFont LETTERS = embedded("DejaVuSans.ttf");

  /** The same characters look different to readers of these languages: theirs comes first. */
  private static final List<EastAsian> EAST_ASIAN =
      List.of(
          new EastAsian("ja", "KozMinPro-Regular", "UniJIS-UCS2-H"),
          new EastAsian("zh", "STSong-Light", "UniGB-UCS2-H"),
          new EastAsian("ko", "HYGoThic-Medium", "UniKS-UCS2-H"));

  private static final int BOX = 0x25A1;

  private final List<BaseFont> eastAsian;

  ReceiptFonts(Locale reader) {
    this.eastAsian =
        EAST_ASIAN.stream()
            .sorted(Comparator.comparing(font -> !font.language.equals(reader.getLanguage())))
            .map(EastAsian::font)
            .toList();
  }

  Phrase plain(String text, float points) {
    return set(text, points, Font.NORMAL);
  }

  Phrase bold(String text, float points) {
    return set(text, points, Font.BOLD);
  }

  private Phrase set(String text, float points, int style) {
    List<BaseFont> fonts = Stream.concat(Stream.of(LETTERS), eastAsian.stream()).toList();
    var selector = new FontSelector();
    fonts.forEach(font -> selector.addFont(new Font(font, points, style)));
    IntPredicate known = character -> fonts.stream().anyMatch(font -> font.charExists(character));
    return selector.process(
        text.codePoints()
            .map(character -> known.test(character) ? character : BOX)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString());
  }

  private static BaseFont embedded(String file) {
    String resource = "/net/sf/jasperreports/fonts/dejavu/" + file;
    try (var font = Objects.requireNonNull(ReceiptFonts.class.getResourceAsStream(resource))) {
      BaseFont read =
          BaseFont.createFont(
              file, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, true, font.readAllBytes(), null);
      read.setSecureRandom(new SameTag());
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of the fonts that PDF knows by name, and the characters that it has. */
  private record EastAsian(String language, BaseFont font) {

    EastAsian(String language, String name, String characters) {
      this(language, named(name, characters));
    }

    private static BaseFont named(String name, String characters) {
      try {
        return BaseFont.createFont(name, characters, BaseFont.NOT_EMBEDDED);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Names what was cut out of a font for a receipt: always alike, so that the same receipt is the
   * same bytes.
   */
  private static final class SameTag extends SecureRandom {

    @Override
    public double nextDouble() {
      return 0;
    }
  }
}
