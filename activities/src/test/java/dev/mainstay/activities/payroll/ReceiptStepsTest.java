package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.notification.NotificationStepsImpl;
import dev.mainstay.activities.notification.gateway.Attachment;
import dev.mainstay.activities.notification.gateway.Email;
import dev.mainstay.activities.notification.message.DatabaseMessageSource;
import dev.mainstay.activities.notification.message.MessageSettings;
import dev.mainstay.activities.notification.message.RenderedMessage;
import dev.mainstay.db.generated.tables.records.ReceiptRecord;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.notification.NotificationSteps.Batch;
import dev.mainstay.workflows.notification.NotificationSteps.Notification;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.payroll.ReceiptSteps;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A receipt is written once for each paid payout, and its vendor is notified once. */
class ReceiptStepsTest {

  private static final UUID LAST = new UUID(-1, -1);

  private final TestPayouts payouts = new TestPayouts();
  private final TestDatabase database = payouts.database();
  private final ReceiptSteps steps =
      new ReceiptStepsImpl(database.dsl(), database.transaction(), "Marketplace");
  private final UUID vendor = payouts.vendor("Bo Berg", "de", "Europe/Berlin", "EUR");

  @AfterEach
  void close() {
    payouts.close();
  }

  @Test
  void everyPaidPayoutOfThePageHasAReceiptWithItsEarnings() {
    UUID paid = payouts.paid(vendor, "EUR", 20_000, 5_000);
    UUID other = payouts.vendor("Cy", "en", "UTC", "USD");
    UUID failed = payouts.payout(other, "USD", "failed", 10_000);

    PageOutcome outcome = writeAll();

    assertThat(outcome).isEqualTo(new PageOutcome(Counts.of("receipts", 1), null));
    assertThat(database.dsl().fetchExists(RECEIPT, RECEIPT.PAYOUT_ID.eq(failed))).isFalse();
    ReceiptRecord receipt = receipt(paid);
    assertThat(receipt.getLocale()).isEqualTo("de");
    assertThat(PdfText.of(receipt.getPdf()).text())
        .contains(
            "Nummer " + receipt.getNumber(),
            "Ausgezahlt an Bo Berg",
            "Zeitraum 17. November 2025 bis 23. November 2025",
            "23. November 2025 Airport transfer 200,00 € 40,00 € 160,00 €",
            "22. November 2025 Airport transfer 50,00 € 10,00 € 40,00 €",
            "Summe 250,00 € 50,00 € 200,00 €",
            "tr_" + paid);
  }

  @Test
  void aPageThatRunsTwiceLeavesTheReceiptsAsTheyAreAndTellsNobodyAgain() {
    UUID paid = payouts.paid(vendor, "EUR", 20_000);
    var _ = writeAll();
    ReceiptRecord first = receipt(paid);

    assertThat(writeAll().counts()).isEqualTo(Counts.of("receipts", 0));
    steps.writeOne(paid);

    assertThat(receipt(paid)).isEqualTo(first);
    assertThat(announced()).isEqualTo(1);
  }

  @Test
  void twoWhoWriteThePageAtOnceWriteEachReceiptOnce() {
    for (int i = 0; i < 120; i++) {
      payouts.paid(payouts.vendor("Vendor " + i, "en", "UTC", "USD"), "USD", 10_000);
    }

    var one = CompletableFuture.supplyAsync(this::writeAll);
    var two = CompletableFuture.supplyAsync(this::writeAll);

    assertThat(one.join().counts().plus(two.join().counts())).isEqualTo(Counts.of("receipts", 120));
    assertThat(announced()).isEqualTo(120);
  }

  @Test
  void aPageIsAboveItsFirstKeyAndUpToItsLast() {
    UUID first = payouts.paid(vendor, "EUR", 20_000);
    UUID second = payouts.paid(vendor, "USD", 20_000);
    UUID third = payouts.paid(vendor, "CHF", 20_000);

    var _ = steps.write(payouts.run(), new KeyRange(first.toString(), second.toString()));

    assertThat(database.dsl().select(RECEIPT.PAYOUT_ID).from(RECEIPT).fetch(RECEIPT.PAYOUT_ID))
        .containsExactly(second)
        .doesNotContain(third);
  }

  @Test
  void oneThatCannotBeWrittenDoesNotHoldTheOthersAndIsTold() {
    UUID wrong = payouts.paid(vendor, "EUR", 20_000);
    payouts.earning(vendor, "EUR", wrong, 100, Instant.parse("2025-11-18T10:00:00Z"));
    UUID right = payouts.paid(vendor, "USD", 20_000);

    assertThatThrownBy(this::writeAll)
        .hasMessage(
            "1 receipts were not written, as that of payout %s: The earnings do not add up to the payout",
            wrong);

    assertThat(receipt(right)).isNotNull();
    assertThatThrownBy(() -> steps.writeOne(wrong)).hasMessageContaining("do not add up");
  }

  @Test
  void theVendorGetsAMailWithTheReceiptAsItIsKept() {
    UUID paid = payouts.paid(vendor, "EUR", 20_000);
    steps.writeOne(paid);

    Email mail = mail(paid);

    assertThat(mail.to()).isEqualTo("vendor@example.org");
    assertThat(mail.subject()).isEqualTo("Ihre Auszahlung: 160,00 €");
    assertThat(mail.text()).contains("vom 17. November 2025 bis zum 23. November 2025");
    assertThat(mail.attachments())
        .containsExactly(
            new Attachment(
                "receipt-" + receipt(paid).getNumber() + ".pdf",
                "application/pdf",
                receipt(paid).getPdf()));
  }

  @Test
  void theCheckerFindsAPaidPayoutWithoutReceiptAndAReceiptWithoutPayment() {
    UUID paid = payouts.paid(vendor, "EUR", 20_000);
    assertThat(database.violations()).contains("paid-without-receipt");

    steps.writeOne(paid);
    assertThat(database.violations()).doesNotContain("paid-without-receipt");

    UUID failed = payouts.payout(vendor, "USD", "failed", 20_000);
    database
        .dsl()
        .insertInto(RECEIPT)
        .set(RECEIPT.PAYOUT_ID, failed)
        .set(RECEIPT.NUMBER, 99L)
        .set(RECEIPT.ISSUED_AT, receipt(paid).getIssuedAt())
        .set(RECEIPT.LOCALE, "en")
        .set(RECEIPT.PDF, new byte[0])
        .execute();
    assertThat(database.violations()).contains("receipt-without-payment");
  }

  private PageOutcome writeAll() {
    return steps.write(payouts.run(), new KeyRange(null, LAST.toString()));
  }

  private ReceiptRecord receipt(UUID payout) {
    return database.dsl().fetchSingle(RECEIPT, RECEIPT.PAYOUT_ID.eq(payout));
  }

  private int announced() {
    return database
        .dsl()
        .fetchCount(INTAKE, INTAKE.KIND.eq("notification"), INTAKE.KEY.like("payout.paid/%"));
  }

  private Email mail(UUID payout) {
    UUID intake =
        database.dsl().fetchSingle(INTAKE, INTAKE.KEY.eq("payout.paid/" + payout)).getBusinessId();
    List<Batch> batches =
        new NotificationStepsImpl(database.dsl(), database.transaction())
            .plan(new Notification(intake, "payout.paid", payout, "corr-1"))
            .batches();
    assertThat(batches).singleElement().extracting(Batch::channel).isEqualTo(Channel.EMAIL);
    var letters =
        new DatabaseMessageSource(
            database.dsl(),
            JsonMapper.builder().build(),
            new MessageSettings("Marketplace", null, null, null, null),
            _ -> "token");
    RenderedMessage letter =
        letters.write(batches.getFirst().messages()).values().stream().findFirst().orElseThrow();
    return ((RenderedMessage.Mail) letter).email();
  }
}
