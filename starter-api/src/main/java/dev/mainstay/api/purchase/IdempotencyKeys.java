package dev.mainstay.api.purchase;

import static dev.mainstay.db.generated.Tables.IDEMPOTENCY_KEY;

import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.Sha256;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first answers to requests that carried an {@code Idempotency-Key}, kept in the transaction of
 * what they answer. A refused request leaves no key behind.
 */
public final class IdempotencyKeys {

  private final DSLContext database;
  private final JsonMapper json;

  public IdempotencyKeys(DSLContext database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  /**
   * Does the work and keeps its answer, or gives the answer that was kept.
   *
   * @param key null where the request carried none: the work is done
   * @param request method, path and body
   * @param type of the answer, which is kept as JSON
   * @param answer what of the work's result is the answer
   * @param repeated the result where the answer was kept
   * @throws Refusal if the key came before with another request
   */
  public <T, A> T firstAnswer(
      String client,
      @Nullable String key,
      String request,
      Supplier<T> work,
      Class<A> type,
      Function<T, A> answer,
      Function<A, T> repeated) {
    if (key == null) {
      return work.get();
    }
    byte[] hash = Sha256.of(request);
    return kept(client, key, hash, type)
        .map(repeated)
        .orElseGet(() -> {
          T result = work.get();
          // Whoever came at the same time with the same key is waited for here.
          return keep(client, key, hash, answer.apply(result))
              ? result
              : kept(client, key, hash, type).map(repeated).orElseThrow();
        });
  }

  private <A> Optional<A> kept(String client, String key, byte[] request, Class<A> type) {
    return database
        .select(IDEMPOTENCY_KEY.REQUEST, IDEMPOTENCY_KEY.ANSWER)
        .from(IDEMPOTENCY_KEY)
        .where(IDEMPOTENCY_KEY.CLIENT.eq(client), IDEMPOTENCY_KEY.KEY.eq(key))
        .fetchOptional(first -> {
          if (!Arrays.equals(first.value1(), request)) {
            throw Refusal.conflict(
                "idempotency-key-reused", "The Idempotency-Key came before with another body");
          }
          return json.readValue(first.value2().data(), type);
        });
  }

  private boolean keep(String client, String key, byte[] request, Object answer) {
    return database
            .insertInto(IDEMPOTENCY_KEY)
            .set(IDEMPOTENCY_KEY.CLIENT, client)
            .set(IDEMPOTENCY_KEY.KEY, key)
            .set(IDEMPOTENCY_KEY.REQUEST, request)
            .set(IDEMPOTENCY_KEY.ANSWER, JSONB.valueOf(json.writeValueAsString(answer)))
            .onConflictDoNothing()
            .execute()
        == 1;
  }
}
