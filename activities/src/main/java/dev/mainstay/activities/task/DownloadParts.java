package dev.mainstay.activities.task;

import static dev.mainstay.db.generated.Tables.DOWNLOAD_PART;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.UUID;
import org.jooq.DSLContext;

/** Writes a download as rows of a part each, as it grows. */
final class DownloadParts extends OutputStream {

  private static final int PART = 256 * 1024;

  private final DSLContext database;
  private final UUID taskId;
  private final byte[] part = new byte[PART];
  private int filled;
  private int ordinal;

  DownloadParts(DSLContext database, UUID taskId) {
    this.database = database;
    this.taskId = taskId;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int done = 0; done < length; ) {
      int fits = Math.min(PART - filled, length - done);
      System.arraycopy(bytes, offset + done, part, filled, fits);
      filled += fits;
      done += fits;
      if (filled == PART) {
        keep();
      }
    }
  }

  @Override
  public void close() {
    if (filled > 0) {
      keep();
    }
  }

  private void keep() {
    database
        .insertInto(DOWNLOAD_PART)
        .set(DOWNLOAD_PART.TASK_ID, taskId)
        .set(DOWNLOAD_PART.ORDINAL, ordinal++)
        .set(DOWNLOAD_PART.CONTENT, Arrays.copyOf(part, filled))
        .execute();
    filled = 0;
  }
}
