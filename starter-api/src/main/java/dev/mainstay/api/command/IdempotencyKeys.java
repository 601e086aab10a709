package dev.mainstay.api.command;

import static dev.mainstay.db.generated.Tables.IDEMPOTENCY_KEY;

import dev.mainstay.api.access.Caller;
import dev.mainstay.api.problem.Refusal;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
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
   * Does the work and keeps its answer, or gives the answer that was kept. Call it inside the
   * transaction of the work.
   *
   * @param type of the answer, which is kept as JSON
   * @throws Refusal if the key came before with another request
   */
  <T> T firstAnswer(Caller caller, String key, Class<T> type, Supplier<T> work) {
    byte[] request = CanonicalRequest.hash(caller.request());
    if (!reserve(caller, key, request)) {
      return kept(caller, key, request, type);
    }
    T answer = work.get();
    keep(caller, key, answer);
    return answer;
  }

  /** A request with the same key at the same time waits here, before any work is done. */
  private boolean reserve(Caller caller, String key, byte[] request) {
    return database
            .insertInto(IDEMPOTENCY_KEY)
            .set(IDEMPOTENCY_KEY.CLIENT, caller.name())
            .set(IDEMPOTENCY_KEY.KEY, key)
            .set(IDEMPOTENCY_KEY.REQUEST, request)
            .set(IDEMPOTENCY_KEY.ANSWER, JSONB.valueOf("null"))
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  private <T> T kept(Caller caller, String key, byte[] request, Class<T> type) {
    return database
        .select(IDEMPOTENCY_KEY.REQUEST, IDEMPOTENCY_KEY.ANSWER)
        .from(IDEMPOTENCY_KEY)
        .where(isOf(caller, key))
        .fetchSingle(first -> {
          if (!Arrays.equals(first.value1(), request)) {
            throw Refusal.conflict(
                "idempotency-key-reused", "The Idempotency-Key came before with another request");
          }
          return json.readValue(first.value2().data(), type);
        });
  }

  private void keep(Caller caller, String key, Object answer) {
    database
        .update(IDEMPOTENCY_KEY)
        .set(IDEMPOTENCY_KEY.ANSWER, JSONB.valueOf(json.writeValueAsString(answer)))
        .where(isOf(caller, key))
        .execute();
  }

  private static Condition isOf(Caller caller, String key) {
    return IDEMPOTENCY_KEY.CLIENT.eq(caller.name()).and(IDEMPOTENCY_KEY.KEY.eq(key));
  }
}
