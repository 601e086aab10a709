package dev.mainstay.activities.task;

import static dev.mainstay.db.generated.Tables.DOWNLOAD;
import static dev.mainstay.db.generated.Tables.LINK_TOKEN;
import static dev.mainstay.db.generated.Tables.TASK;

import dev.mainstay.activities.notification.message.TokenSource;
import dev.mainstay.db.Sha256;
import dev.mainstay.workflows.task.TaskType;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The tokens of links: 256 random bits, of which only the SHA-256 is kept. Each try of a mail has a
 * token of its own, as the one before cannot be read any more.
 */
public final class LinkTokens implements TokenSource {

  private static final int BYTES = 32;
  private static final SecureRandom random = new SecureRandom();

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final InstantSource clock;
  private final Duration downloadValid;
  private final Duration resetValid;

  /**
   * Made with how long links work.
   *
   * @param downloadValid for a file, which is kept as long
   * @param resetValid for a new password
   */
  public LinkTokens(
      DSLContext database,
      TransactionOperations transaction,
      InstantSource clock,
      Duration downloadValid,
      Duration resetValid) {
    this.database = database;
    this.transaction = transaction;
    this.clock = clock;
    this.downloadValid = downloadValid;
    this.resetValid = resetValid;
  }

  @Override
  public String newToken(UUID taskId) {
    byte[] bits = new byte[BYTES];
    random.nextBytes(bits);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    transaction.executeWithoutResult(_ -> keep(taskId, Sha256.of(token)));
    return token;
  }

  private void keep(UUID taskId, byte[] hash) {
    TaskType type =
        database
            .select(TASK.TYPE)
            .from(TASK)
            .where(TASK.ID.eq(taskId))
            .fetchSingle(row -> TaskType.of(row.value1()).orElseThrow());
    switch (type) {
      case PASSWORD_RESET_EMAIL -> keep(taskId, hash, "password-reset", resetValid);
      case USER_DATA_EXPORT, USER_REPORT -> {
        Instant expires = keep(taskId, hash, "download", downloadValid);
        database
            .update(DOWNLOAD)
            .set(DOWNLOAD.EXPIRES_AT, expires)
            .where(DOWNLOAD.TASK_ID.eq(taskId))
            .execute();
      }
      case WELCOME_EMAIL -> throw new IllegalArgumentException("A welcome has no link of its own");
    }
  }

  private Instant keep(UUID taskId, byte[] hash, String purpose, Duration valid) {
    Instant now = clock.instant();
    Instant expires = now.plus(valid);
    database
        .insertInto(LINK_TOKEN)
        .set(LINK_TOKEN.HASH, hash)
        .set(LINK_TOKEN.TASK_ID, taskId)
        .set(LINK_TOKEN.PURPOSE, purpose)
        .set(LINK_TOKEN.MADE_AT, now)
        .set(LINK_TOKEN.EXPIRES_AT, expires)
        .execute();
    return expires;
  }
}
