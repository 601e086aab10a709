package dev.mainstay.api.access;

import static dev.mainstay.db.generated.Tables.API_KEY;

import dev.mainstay.db.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The API keys. A key is 256 random bits and shown once; only its SHA-256 is kept, which needs no
 * salt.
 */
public final class ApiKeys {

  private static final String PREFIX = "mk_";
  private static final SecureRandom random = new SecureRandom();

  private final DSLContext database;
  private final InstantSource clock;

  public ApiKeys(DSLContext database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A new key; its secret is in the answer and nowhere else. */
  public NewKey create(String owner, Set<Role> roles, Duration validity) {
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    Instant expires = clock.instant().plus(validity);
    UUID id =
        database
            .insertInto(API_KEY)
            .set(API_KEY.OWNER, owner)
            .set(API_KEY.HASH, Sha256.of(secret))
            .set(API_KEY.ROLES, roles.stream().map(Role::text).sorted().toArray(String[]::new))
            .set(API_KEY.EXPIRES_AT, expires)
            .returning(API_KEY.ID)
            .fetchSingle()
            .getId();
    return new NewKey(id, secret, expires);
  }

  /** Every key, oldest first, without its secret. */
  public List<ApiKey> list() {
    return database
        .selectFrom(API_KEY)
        .orderBy(API_KEY.ID)
        .fetch(row ->
            new ApiKey(
                row.getId(),
                row.getOwner(),
                roles(row.getRoles()),
                row.getCreatedAt(),
                row.getExpiresAt(),
                row.getRevokedAt()));
  }

  /**
   * Creates a replacement for a key. The old key keeps working for a while so that its holder can
   * change over.
   *
   * @param overlap how long the old key keeps working, if it does not expire earlier
   * @return empty if there is no such valid key
   */
  public Optional<NewKey> rotate(UUID id, Duration validity, Duration overlap) {
    Instant now = clock.instant();
    return database.transactionResult(transaction ->
        transaction
            .dsl()
            .selectFrom(API_KEY)
            .where(API_KEY.ID.eq(id), API_KEY.REVOKED_AT.isNull(), API_KEY.EXPIRES_AT.gt(now))
            .forUpdate()
            .fetchOptional()
            .map(old -> {
              if (old.getExpiresAt().isAfter(now.plus(overlap))) {
                old.setExpiresAt(now.plus(overlap));
                old.store();
              }
              return new ApiKeys(transaction.dsl(), clock)
                  .create(old.getOwner(), roles(old.getRoles()), validity);
            }));
  }

  /** Ends a key immediately; false if there is no such key that was not revoked before. */
  public boolean revoke(UUID id) {
    return database
            .update(API_KEY)
            .set(API_KEY.REVOKED_AT, clock.instant())
            .where(API_KEY.ID.eq(id), API_KEY.REVOKED_AT.isNull())
            .execute()
        == 1;
  }

  /** The owner of the key, unless the key is unknown, expired or revoked. */
  Optional<ApiClient> client(String secret) {
    return database
        .select(API_KEY.ID, API_KEY.OWNER, API_KEY.ROLES)
        .from(API_KEY)
        .where(
            API_KEY.HASH.eq(Sha256.of(secret)),
            API_KEY.REVOKED_AT.isNull(),
            API_KEY.EXPIRES_AT.gt(clock.instant()))
        .fetchOptional(row -> new ApiClient(row.value1(), row.value2(), roles(row.value3())));
  }

  private static Set<Role> roles(String[] texts) {
    return Arrays.stream(texts).map(Role::of).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * A key just made.
   *
   * @param secret what the caller sends; shown once
   */
  public record NewKey(UUID id, String secret, Instant expiresAt) {}

  /** A key as it is listed. */
  public record ApiKey(
      UUID id,
      String owner,
      Set<Role> roles,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant revokedAt) {}
}
