package dev.mainstay.activities.payroll;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * A PDF as its reader reads it, by another library than wrote it.
 *
 * @param text in reading order, with plain spaces
 */
record PdfText(String text, int pages, String language) {

  static PdfText of(byte[] pdf) {
    try (var document = Loader.loadPDF(pdf)) {
      var stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      return new PdfText(
          stripper.getText(document).replaceAll("[\\u00A0\\u202F]", " "),
          document.getNumberOfPages(),
          document.getDocumentCatalog().getLanguage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
