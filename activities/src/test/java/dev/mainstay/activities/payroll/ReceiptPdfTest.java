package dev.mainstay.activities.payroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.payroll.Receipt.Amounts;
import dev.mainstay.activities.payroll.Receipt.Line;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receipts are read back by another library than the one that sets them. */
class ReceiptPdfTest {

  private static final Instant DELIVERED = Instant.parse("2026-11-17T23:30:00Z");
  private static final Line WALK =
      new Line(DELIVERED, "Dog walk", null, false, new Amounts(20_000, 4_000, 16_000));
  private static final Line LESSON =
      new Line(DELIVERED, "Piano", 3, false, new Amounts(6_249, 1_250, 4_999));
  private static final Line TAKEN_BACK =
      new Line(DELIVERED, "Piano", 2, true, new Amounts(-6_249, -1_250, -4_999));

  @Test
  void everyEarningIsListedInTheVendorsLanguageZoneAndWayOfWritingMoney() {
    PdfText english = read(receipt("Bo Berg", "en-GB", "USD", WALK, LESSON, LESSON, TAKEN_BACK));
    PdfText german = read(receipt("Bo Berg", "de-AT", "EUR", WALK, LESSON));

    assertThat(english.language()).isEqualTo("en-GB");
    assertThat(english.text().lines())
        .contains(
            "Marketplace",
            "Receipt",
            "Number 1042",
            "Paid to Bo Berg",
            "Period 16 November 2026 to 22 November 2026",
            "Paid on 23 November 2026",
            "Transfer tr_1",
            "Delivered Service Price Commission Paid to you",
            // Half past eleven in UTC is the next day there
            "18 November 2026 Dog walk US$200.00 US$40.00 US$160.00",
            "18 November 2026 Piano, session 3 US$62.49 US$12.50 US$49.99",
            "18 November 2026 Refunded: Piano, session 2 -US$62.49 -US$12.50 -US$49.99",
            "Total US$262.49 US$52.50 US$209.99",
            "Marketplace, receipt 1042, page 1");
    assertThat(german.language()).isEqualTo("de-AT");
    assertThat(german.text().lines())
        .contains(
            "Abrechnung",
            "Zeitraum 16. November 2026 bis 22. November 2026",
            "18. November 2026 Dog walk € 200,00 € 40,00 € 160,00",
            "Summe € 262,49 € 52,50 € 209,99");
  }

  @Test
  void aCurrencyWithoutMinorUnitsHasNone() {
    PdfText text = read(receipt("Bo Berg", "en", "JPY", WALK));

    assertThat(text.text()).contains("¥20,000").doesNotContain("¥200");
  }

  @Test
  void whoReadsALanguageThatWeDoNotWriteReadsEnglish() {
    PdfText text = read(receipt("Bo Berg", "fi", "EUR", WALK));

    assertThat(text.language()).isEqualTo("en");
    assertThat(text.text()).contains("November 18, 2026", "€160.00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Žofie Łąkowa", "Ελένη", "Дарья", "שרה כהן", "山田太郎", "김민수", "李小龙"})
  void aNameIsReadableInWhateverLettersItIsWritten(String name) {
    assertThat(read(receipt(name, "en", "USD", WALK)).text()).contains(name);
  }

  @Test
  void aNameInArabicIsShapedAndRunsFromRightToLeft() {
    assertThat(read(receipt("محمد علي", "en", "USD", WALK)).text()).contains("محمد علي");
  }

  @Test
  void aCharacterThatNoFontHasIsShownAsABoxAndNeitherLeftOutNorAFailure() {
    assertThat(read(receipt("Bo \uD83E\uDDD1 Berg", "en", "USD", WALK)).text())
        .contains("Bo □ Berg");
  }

  @Test
  void manyEarningsGoOverSeveralPagesEachWithItsHeadings() {
    Line[] lines =
        IntStream.rangeClosed(1, 200)
            .mapToObj(
                n -> new Line(DELIVERED, "Walk no. " + n, null, false, new Amounts(100, 20, 80)))
            .toArray(Line[]::new);

    PdfText text = read(receipt("Bo Berg", "en", "USD", lines));

    assertThat(text.pages()).isGreaterThan(3);
    assertThat(text.text().lines().filter(line -> line.startsWith("Delivered Service")))
        .hasSize(text.pages());
    assertThat(text.text()).contains("receipt 1042, page " + text.pages());
    assertThat(text.text().lines().filter(line -> line.contains("Walk no. "))).hasSize(200);
    assertThat(text.text()).contains("Total $200.00 $40.00 $160.00");
  }

  @Test
  void theSameReceiptIsTheSameBytes() {
    Receipt receipt = receipt("山田太郎 Berg", "en", "USD", WALK, LESSON);

    assertThat(ReceiptPdf.of("Marketplace", receipt))
        .isEqualTo(ReceiptPdf.of("Marketplace", receipt));
  }

  @Test
  void aReceiptWhoseEarningsDoNotAddUpIsNone() {
    Receipt right = receipt("Bo Berg", "en", "USD", WALK, LESSON);

    assertThatThrownBy(() ->
            new Receipt(
                right.payoutId(),
                right.number(),
                right.issuedAt(),
                right.vendor(),
                right.locale(),
                right.zone(),
                right.from(),
                right.to(),
                right.currency(),
                right.total(),
                right.paidAt(),
                right.transferId(),
                List.of(WALK)))
        .hasMessageContaining("do not add up");
  }

  private static PdfText read(Receipt receipt) {
    return PdfText.of(ReceiptPdf.of("Marketplace", receipt));
  }

  private static Receipt receipt(String vendor, String locale, String currency, Line... lines) {
    long gross = 0;
    long commission = 0;
    for (Line line : lines) {
      gross += line.amounts().gross();
      commission += line.amounts().commission();
    }
    return new Receipt(
        new UUID(1, 2),
        1042,
        Instant.parse("2026-11-23T08:02:00Z"),
        vendor,
        Locale.forLanguageTag(locale),
        ZoneId.of("Europe/Vienna"),
        LocalDate.parse("2026-11-16"),
        LocalDate.parse("2026-11-22"),
        Currency.getInstance(currency),
        new Amounts(gross, commission, gross - commission),
        Instant.parse("2026-11-23T08:01:00Z"),
        "tr_1",
        List.of(lines));
  }
}
