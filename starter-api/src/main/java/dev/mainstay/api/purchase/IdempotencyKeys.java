package dev.mainstay.api.purchase;

import static dev.mainstay.db.generated.Tables.IDEMPOTENCY_KEY;

import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.Sha256;
import java.util.Arrays;
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
   * Does the work and keeps its answer, or gives the answer that was kept. Call it inside the
   * transaction of the work.
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
    if (!reserve(client, key, hash)) {
      return repeated.apply(kept(client, key, hash, type));
    }
    T result = work.get();
    keep(client, key, answer.apply(result));
    return result;
  }

  /**
   * Whoever came at the same time with the same key is waited for here, before any work is done.
   */
  private boolean reserve(String client, String key, byte[] request) {
    return database
            .insertInto(IDEMPOTENCY_KEY)
            .set(IDEMPOTENCY_KEY.CLIENT, client)
            .set(IDEMPOTENCY_KEY.KEY, key)
            .set(IDEMPOTENCY_KEY.REQUEST, request)
            .set(IDEMPOTENCY_KEY.ANSWER, JSONB.valueOf("null"))
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  private <A> A kept(String client, String key, byte[] request, Class<A> type) {
    return database
        .select(IDEMPOTENCY_KEY.REQUEST, IDEMPOTENCY_KEY.ANSWER)
        .from(IDEMPOTENCY_KEY)
        .where(IDEMPOTENCY_KEY.CLIENT.eq(client), IDEMPOTENCY_KEY.KEY.eq(key))
        .fetchSingle(first -> {
          if (!Arrays.equals(first.value1(), request)) {
            throw Refusal.conflict(
                "idempotency-key-reused", "The Idempotency-Key came before with another body");
          }
          return json.readValue(first.value2().data(), type);
        });
  }

  private void keep(String client, String key, Object answer) {
    database
        .update(IDEMPOTENCY_KEY)
        .set(IDEMPOTENCY_KEY.ANSWER, JSONB.valueOf(json.writeValueAsString(answer)))
        .where(IDEMPOTENCY_KEY.CLIENT.eq(client), IDEMPOTENCY_KEY.KEY.eq(key))
        .execute();
  }
}
