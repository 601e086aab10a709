package dev.mainstay.activities.task;

import static dev.mainstay.db.generated.Tables.DOWNLOAD;
import static dev.mainstay.db.generated.Tables.TASK;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.task.TaskStatus;
import dev.mainstay.workflows.task.TaskFiles;
import dev.mainstay.workflows.task.TaskType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.transaction.support.TransactionOperations;

/** Makes a file in one transaction, in which its person cannot be erased. */
public final class TaskFilesImpl implements TaskFiles {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final InstantSource clock;
  private final Duration valid;
  private final Map<TaskType, TaskFile> files;

  /**
   * Made with how long a file is kept.
   *
   * @param valid until its link is made, which keeps it as long again
   */
  public TaskFilesImpl(
      DSLContext database, TransactionOperations transaction, InstantSource clock, Duration valid) {
    this.database = database;
    this.transaction = transaction;
    this.clock = clock;
    this.valid = valid;
    this.files =
        Map.of(
            TaskType.USER_DATA_EXPORT, new DataExport(database),
            TaskType.USER_REPORT, new PersonReport(database, clock));
  }

  @Override
  public boolean make(UUID taskId) {
    return Boolean.TRUE.equals(
        transaction.execute(_ -> {
          Instant now = clock.instant();
          deleteExpired(now);
          boolean running =
              Routines.startTask(database.configuration(), taskId, now)
                  .equals(TaskStatus.RUNNING.text());
          if (running) {
            make(taskId, now);
          }
          return running;
        }));
  }

  private void make(UUID taskId, Instant now) {
    var task =
        database
            .select(TASK.TYPE, TASK.CUSTOMER_ID)
            .from(TASK)
            .where(TASK.ID.eq(taskId))
            .fetchSingle();
    TaskFile file =
        TaskType.of(task.value1())
            .map(files::get)
            .orElseThrow(() -> new IllegalStateException("There is no file of a " + task.value1()));
    database.deleteFrom(DOWNLOAD).where(DOWNLOAD.TASK_ID.eq(taskId)).execute();
    database
        .insertInto(DOWNLOAD)
        .set(DOWNLOAD.TASK_ID, taskId)
        .set(DOWNLOAD.CUSTOMER_ID, task.value2())
        .set(DOWNLOAD.FILE_NAME, file.name())
        .set(DOWNLOAD.MEDIA_TYPE, file.mediaType())
        .set(DOWNLOAD.MADE_AT, now)
        .set(DOWNLOAD.EXPIRES_AT, now.plus(valid))
        .execute();
    try (OutputStream parts = new DownloadParts(database, taskId)) {
      file.write(task.value2(), parts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes files whose link has expired; a file whose task still sends its link is kept. */
  private void deleteExpired(Instant now) {
    database
        .deleteFrom(DOWNLOAD)
        .where(
            DOWNLOAD.EXPIRES_AT.le(now),
            DSL.exists(
                DSL.selectOne()
                    .from(TASK)
                    .where(TASK.ID.eq(DOWNLOAD.TASK_ID), TASK.ENDED_AT.isNotNull())))
        .execute();
  }
}
