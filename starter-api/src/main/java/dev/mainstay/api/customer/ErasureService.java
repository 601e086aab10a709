package dev.mainstay.api.customer;

import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.ERASE_CUSTOMER;
import static dev.mainstay.db.generated.Tables.ERASURE;
import static java.util.Objects.requireNonNull;

import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.generated.tables.records.ErasureRecord;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Erases customers, each in one transaction; what was done or refused is in the audit log. */
@Component
class ErasureService {

  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final Audit audit;
  private final JsonMapper json;
  private final InstantSource clock;

  ErasureService(
      DSLContext database,
      TransactionOperations transaction,
      JsonMapper json,
      InstantSource clock) {
    this.database = database;
    this.transaction = transaction;
    this.audit = new Audit(database);
    this.json = json;
    this.clock = clock;
  }

  /** Something that still needs the person. */
  private record Open(String kind, UUID id) {}

  /**
   * Erases the customer; who was erased before is told the same again.
   *
   * @throws Refusal if there is no such customer, or something still needs the person
   */
  Erasure erase(UUID id, ApiClient client, String correlationId) {
    try {
      return requireNonNull(
          transaction.execute(_ -> {
            Optional<Erasure> before = find(id);
            Erasure erasure = before.orElseGet(() -> eraseNow(id, client, correlationId));
            String detail = before.isPresent() ? "was erased before" : null;
            audit.record(entry(id, client, Outcome.DONE, detail, correlationId));
            return erasure;
          }));
    } catch (Refusal refusal) {
      String why = refusal.getBody().getDetail();
      transaction.executeWithoutResult(
          _ -> audit.record(entry(id, client, Outcome.REFUSED, why, correlationId)));
      throw refusal;
    }
  }

  /** The certificate, where the customer was erased. */
  Optional<Erasure> find(UUID id) {
    return database.selectFrom(ERASURE).where(ERASURE.CUSTOMER_ID.eq(id)).fetchOptional(this::of);
  }

  private Erasure eraseNow(UUID id, ApiClient client, String correlationId) {
    if (!database.fetchExists(CUSTOMER, CUSTOMER.ID.eq(id))) {
      throw Refusal.notFound("customer");
    }
    List<Open> open =
        database
            .selectFrom(ERASE_CUSTOMER.call(id, client.owner(), clock.instant(), correlationId))
            .fetch(row -> new Open(row.get(ERASE_CUSTOMER.KIND), row.get(ERASE_CUSTOMER.ID)));
    if (!open.isEmpty()) {
      throw Refusal.stillOpen("What is open still needs the person: it has to end first", open);
    }
    return find(id).orElseThrow();
  }

  private Erasure of(ErasureRecord row) {
    return new Erasure(
        row.getCustomerId(),
        row.getAt(),
        row.getBy(),
        json.readValue(row.getCounts().data(), COUNTS));
  }

  private static AuditEntry entry(
      UUID id, ApiClient client, Outcome outcome, @Nullable String detail, String correlationId) {
    return new AuditEntry(
        client.owner(), "erase", "customer/" + id, id, null, outcome, detail, correlationId);
  }
}
