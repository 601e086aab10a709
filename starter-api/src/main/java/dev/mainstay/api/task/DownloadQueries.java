package dev.mainstay.api.task;

import static dev.mainstay.db.generated.Tables.DOWNLOAD;
import static dev.mainstay.db.generated.Tables.DOWNLOAD_PART;
import static dev.mainstay.db.generated.Tables.LINK_TOKEN;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.select;

import dev.mainstay.db.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Finds downloads by the tokens of their links, and reads them part by part. */
@Component
class DownloadQueries {

  private final DSLContext database;
  private final InstantSource clock;

  DownloadQueries(DSLContext database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The file that the token is for; none where the token is for something else, or has expired. */
  Optional<Download> find(String token) {
    Instant now = clock.instant();
    return database
        .select(
            DOWNLOAD.TASK_ID,
            DOWNLOAD.FILE_NAME,
            DOWNLOAD.MEDIA_TYPE,
            select(count())
                .from(DOWNLOAD_PART)
                .where(DOWNLOAD_PART.TASK_ID.eq(DOWNLOAD.TASK_ID))
                .<Integer>asField())
        .from(LINK_TOKEN)
        .join(DOWNLOAD)
        .on(DOWNLOAD.TASK_ID.eq(LINK_TOKEN.TASK_ID))
        .where(
            LINK_TOKEN.HASH.eq(Sha256.of(token)),
            LINK_TOKEN.PURPOSE.eq("download"),
            LINK_TOKEN.EXPIRES_AT.gt(now),
            DOWNLOAD.EXPIRES_AT.gt(now))
        .fetchOptional(row -> new Download(row.value1(), row.value2(), row.value3(), row.value4()));
  }

  /**
   * Writes it all.
   *
   * @throws IOException also where it is erased meanwhile, so that what was read is not taken for
   *     the whole
   */
  void write(Download download, OutputStream out) throws IOException {
    for (int part = 0; part < download.parts(); part++) {
      byte[] content =
          database
              .select(DOWNLOAD_PART.CONTENT)
              .from(DOWNLOAD_PART)
              .where(DOWNLOAD_PART.TASK_ID.eq(download.taskId()), DOWNLOAD_PART.ORDINAL.eq(part))
              .fetchOptional(DOWNLOAD_PART.CONTENT)
              .orElseThrow(() -> new FileNotFoundException("The file has gone"));
      out.write(content);
    }
  }

  /** A file to be fetched. */
  record Download(UUID taskId, String fileName, String mediaType, int parts) {}
}
