package dev.mainstay.api.task;

import static dev.mainstay.db.generated.Tables.LINK_TOKEN;
import static dev.mainstay.db.generated.Tables.TASK;

import dev.mainstay.api.access.ApiClient;
import dev.mainstay.db.Sha256;
import dev.mainstay.db.generated.Routines;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/**
 * Finds the customer of a reset token, and redeems the token, for the client that requested its
 * mail.
 */
@Component
class PasswordResetService {

  private final DSLContext database;
  private final InstantSource clock;

  PasswordResetService(DSLContext database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The token's customer, if the token is valid now. */
  Optional<PasswordReset> check(ResetToken token, ApiClient client) {
    return check(Sha256.of(token.token()), client, clock.instant());
  }

  /** The token's customer, once: the token cannot be used again. */
  Optional<PasswordReset> use(ResetToken token, ApiClient client) {
    byte[] hash = Sha256.of(token.token());
    Instant now = clock.instant();
    return check(hash, client, now)
        .flatMap(_ ->
            Optional.<UUID>ofNullable(Routines.useResetToken(database.configuration(), hash, now)))
        .map(PasswordReset::new);
  }

  private Optional<PasswordReset> check(byte[] hash, ApiClient client, Instant now) {
    return database
        .select(TASK.CUSTOMER_ID)
        .from(LINK_TOKEN)
        .join(TASK)
        .on(TASK.ID.eq(LINK_TOKEN.TASK_ID))
        .where(
            LINK_TOKEN.HASH.eq(hash),
            LINK_TOKEN.PURPOSE.eq("password-reset"),
            LINK_TOKEN.USED_AT.isNull(),
            LINK_TOKEN.EXPIRES_AT.gt(now),
            client.sees(TASK.CLIENT))
        .fetchOptional(row -> new PasswordReset(row.value1()));
  }
}
