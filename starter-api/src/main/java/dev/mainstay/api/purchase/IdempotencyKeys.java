package dev.mainstay.api.purchase;

import static dev.mainstay.db.generated.Tables.IDEMPOTENCY_KEY;

import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.purchase.PurchaseDesk.Taken;
import dev.mainstay.db.Sha256;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first answers to requests that carried an {@code Idempotency-Key}, kept in the transaction of
 * what they answer. A refused request leaves no key behind.
 */
final class IdempotencyKeys {

  private final DSLContext database;
  private final JsonMapper json;

  IdempotencyKeys(DSLContext database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  /**
   * Does the work and keeps its answer, or gives the answer that was kept.
   *
   * @param key null where the request carried none: the work is done
   * @param request method, path and body
   * @throws Refusal if the key came before with another request
   */
  Taken firstAnswer(String client, @Nullable String key, String request, Supplier<Taken> work) {
    if (key == null) {
      return work.get();
    }
    byte[] hash = Sha256.of(request);
    return kept(client, key, hash)
        .orElseGet(() -> {
          Taken taken = work.get();
          // Whoever came at the same time with the same key is waited for here.
          return keep(client, key, hash, taken) ? taken : kept(client, key, hash).orElseThrow();
        });
  }

  private Optional<Taken> kept(String client, String key, byte[] request) {
    return database
        .select(IDEMPOTENCY_KEY.REQUEST, IDEMPOTENCY_KEY.ANSWER)
        .from(IDEMPOTENCY_KEY)
        .where(IDEMPOTENCY_KEY.CLIENT.eq(client), IDEMPOTENCY_KEY.KEY.eq(key))
        .fetchOptional(first -> {
          if (!Arrays.equals(first.value1(), request)) {
            throw Refusal.conflict(
                "idempotency-key-reused", "The Idempotency-Key came before with another body");
          }
          return new Taken(
              json.readValue(first.value2().data(), PurchaseAnswer.class), false, false);
        });
  }

  private boolean keep(String client, String key, byte[] request, Taken taken) {
    return database
            .insertInto(IDEMPOTENCY_KEY)
            .set(IDEMPOTENCY_KEY.CLIENT, client)
            .set(IDEMPOTENCY_KEY.KEY, key)
            .set(IDEMPOTENCY_KEY.REQUEST, request)
            .set(IDEMPOTENCY_KEY.ANSWER, JSONB.valueOf(json.writeValueAsString(taken.answer())))
            .onConflictDoNothing()
            .execute()
        == 1;
  }
}
