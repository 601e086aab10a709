package dev.mainstay.activities.payroll;

import dev.mainstay.activities.payroll.Receipt.Amounts;
import dev.mainstay.activities.payroll.Receipt.Line;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.text.Bidi;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.UUID;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.ColumnText;
import org.openpdf.text.pdf.PdfDate;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfEncryption;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfPageEventHelper;
import org.openpdf.text.pdf.PdfString;
import org.openpdf.text.pdf.PdfWriter;

/** Sets a receipt as a PDF on A4: the same receipt is always the same bytes. */
final class ReceiptPdf {

  private static final float MARGIN = 50;
  private static final float TITLE = 20;
  private static final float TEXT = 10;
  private static final float SMALL = 8;

  private final String marketplace;
  private final Receipt receipt;
  private final ReceiptTexts words;
  private final ReceiptFonts fonts;

  private ReceiptPdf(String marketplace, Receipt receipt) {
    this.marketplace = marketplace;
    this.receipt = receipt;
    this.words = new ReceiptTexts(receipt);
    this.fonts = new ReceiptFonts(receipt.locale());
  }

  /**
   * Sets it.
   *
   * @param marketplace who pays, as people know it
   */
  static byte[] of(String marketplace, Receipt receipt) {
    return new ReceiptPdf(marketplace, receipt).set();
  }

  private byte[] set() {
    var out = new ByteArrayOutputStream();
    try (var document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN + TEXT)) {
      PdfWriter writer = PdfWriter.getInstance(document, out);
      writer.setFullCompression();
      writer.setPageEvent(new Footer());
      writer.getExtraCatalog().put(PdfName.LANG, new PdfString(words.locale().toLanguageTag()));
      document.addTitle(words.word("title") + " " + words.number());
      document.addAuthor(marketplace);
      document.open();
      isTheSameWhenSetAgain(writer.getInfo());
      document.add(new Paragraph(fonts.plain(marketplace, TEXT)));
      var title = new Paragraph(fonts.bold(words.word("title"), TITLE));
      title.setSpacingBefore(TEXT);
      title.setSpacingAfter(TEXT);
      document.add(title);
      document.add(facts());
      document.add(earnings());
    }
    return out.toByteArray();
  }

  /** Otherwise the time of setting, and a random name for the file. */
  private void isTheSameWhenSetAgain(PdfDictionary info) {
    info.put(PdfName.CREATIONDATE, date(receipt.issuedAt()));
    byte[] id = bytes(receipt.payoutId());
    info.put(PdfName.FILEID, PdfEncryption.createInfoId(id, id));
  }

  private PdfPTable facts() {
    var table = new PdfPTable(new float[] {25, 75});
    table.setWidthPercentage(100);
    fact(table, "number", words.number());
    fact(table, "payee", words.vendor());
    fact(table, "period", words.period());
    fact(table, "paid", words.day(receipt.paidAt()));
    fact(table, "transfer", receipt.transferId());
    return table;
  }

  private void fact(PdfPTable table, String key, String value) {
    table.addCell(cell(fonts.plain(words.word(key), TEXT), Element.ALIGN_LEFT, false));
    table.addCell(cell(fonts.plain(value, TEXT), Element.ALIGN_LEFT, false));
  }

  private PdfPTable earnings() {
    var table = new PdfPTable(new float[] {19, 36, 15, 15, 15});
    table.setWidthPercentage(100);
    table.setSpacingBefore(2 * TEXT);
    table.setHeaderRows(1);
    for (String heading : new String[] {"delivered", "what"}) {
      table.addCell(cell(fonts.bold(words.word(heading), SMALL), Element.ALIGN_LEFT, true));
    }
    for (String heading : new String[] {"gross", "commission", "net"}) {
      table.addCell(cell(fonts.bold(words.word(heading), SMALL), Element.ALIGN_RIGHT, true));
    }
    for (Line line : receipt.lines()) {
      table.addCell(cell(fonts.plain(words.day(line.at()), SMALL), Element.ALIGN_LEFT, true));
      table.addCell(cell(fonts.plain(words.what(line), SMALL), Element.ALIGN_LEFT, true));
      for (long minor : inOrder(line.amounts())) {
        table.addCell(cell(fonts.plain(words.money(minor), SMALL), Element.ALIGN_RIGHT, true));
      }
    }
    PdfPCell total = cell(fonts.bold(words.word("total"), SMALL), Element.ALIGN_LEFT, true);
    total.setColspan(2);
    table.addCell(total);
    for (long minor : inOrder(receipt.total())) {
      table.addCell(cell(fonts.bold(words.money(minor), SMALL), Element.ALIGN_RIGHT, true));
    }
    return table;
  }

  /** As the columns are. */
  private static long[] inOrder(Amounts amounts) {
    return new long[] {amounts.gross(), amounts.commission(), amounts.net()};
  }

  private static PdfPCell cell(Phrase phrase, int alignment, boolean ruled) {
    var cell = new PdfPCell(phrase);
    char[] text = phrase.getContent().toCharArray();
    // Only for text that needs it: the right-to-left search in every cell costs most of the time
    if (Bidi.requiresBidi(text, 0, text.length)) {
      cell.setRunDirection(PdfWriter.RUN_DIRECTION_LTR);
    }
    cell.setHorizontalAlignment(alignment);
    cell.setBorder(ruled ? Rectangle.BOTTOM : Rectangle.NO_BORDER);
    cell.setBorderWidth(0.5f);
    cell.setPaddingBottom(SMALL / 2);
    return cell;
  }

  private static PdfDate date(Instant at) {
    return new PdfDate(GregorianCalendar.from(at.atZone(ZoneOffset.UTC)));
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** Prints the marketplace's name and the page number on each page, so that no page is lost. */
  private final class Footer extends PdfPageEventHelper {

    @Override
    public void onEndPage(PdfWriter writer, Document document) {
      ColumnText.showTextAligned(
          writer.getDirectContent(),
          Element.ALIGN_CENTER,
          fonts.plain(words.page(marketplace, writer.getPageNumber()), SMALL),
          PageSize.A4.getWidth() / 2,
          MARGIN - SMALL,
          0);
    }
  }
}
