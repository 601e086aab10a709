package dev.mainstay.activities.task;

import dev.mainstay.activities.task.PersonalData.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.impl.DSL;

/** All of one person's data as a ZIP: a JSON array for each table that holds any. */
final class DataExport implements TaskFile {

  private static final int ROWS = 500;

  private final DSLContext database;

  DataExport(DSLContext database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "your-data.zip";
  }

  @Override
  public String mediaType() {
    return "application/zip";
  }

  @Override
  public void write(UUID customerId, OutputStream out) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      for (Part part : PersonalData.PARTS) {
        try (Cursor<Record1<String>> rows = rows(part, customerId)) {
          if (rows.hasNext()) {
            zip.putNextEntry(new ZipEntry(part.table() + ".json"));
            write(rows, zip);
            zip.closeEntry();
          }
        }
      }
    }
  }

  private Cursor<Record1<String>> rows(Part part, UUID customerId) {
    return database
        .select(DSL.field("to_jsonb(r)::text", String.class))
        .from(
            "(select %s from %s where %s) r"
                .formatted(part.columns(), part.table(), part.condition()),
            DSL.val(customerId))
        .fetchSize(ROWS)
        .fetchLazy();
  }

  private static void write(Cursor<Record1<String>> rows, OutputStream out) throws IOException {
    String before = "[\n";
    for (Record1<String> row : rows) {
      out.write((before + row.value1()).getBytes(StandardCharsets.UTF_8));
      before = ",\n";
    }
    out.write("\n]\n".getBytes(StandardCharsets.UTF_8));
  }
}
