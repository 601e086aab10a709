package dev.mainstay.api.customer;

import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.ERASE_CUSTOMER;
import static dev.mainstay.db.generated.Tables.ERASURE;

import dev.mainstay.api.access.Caller;
import dev.mainstay.api.command.AuditedAction;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.generated.tables.records.ErasureRecord;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Erases customers. */
@Component
class ErasureService {

  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

  private final CommandRunner commands;
  private final DSLContext database;
  private final JsonMapper json;
  private final InstantSource clock;

  ErasureService(
      CommandRunner commands, DSLContext database, JsonMapper json, InstantSource clock) {
    this.commands = commands;
    this.database = database;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Erases the customer; who was erased before is answered the same again.
   *
   * @throws Refusal if there is no such customer, or something still needs the person
   */
  Erasure erase(UUID id, Caller caller) {
    return commands
        .by(caller)
        .audited(new AuditedAction("erase", "customer/" + id, id, null))
        .run(
            () -> {
              Optional<Erasure> before = find(id);
              return new Erased(before.orElseGet(() -> eraseNow(id, caller)), before.isPresent());
            },
            (entry, erased) -> erased.before() ? entry.withDetail("was erased before") : entry)
        .certificate();
  }

  /** The certificate, where the customer was erased. */
  Optional<Erasure> find(UUID id) {
    return database.selectFrom(ERASURE).where(ERASURE.CUSTOMER_ID.eq(id)).fetchOptional(this::of);
  }

  private Erasure eraseNow(UUID id, Caller caller) {
    if (!database.fetchExists(CUSTOMER, CUSTOMER.ID.eq(id))) {
      throw Refusal.notFound("customer");
    }
    List<Open> open =
        database
            .selectFrom(
                ERASE_CUSTOMER.call(id, caller.name(), clock.instant(), caller.correlationId()))
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

  /** Something that still needs the person. */
  private record Open(String kind, UUID id) {}

  private record Erased(Erasure certificate, boolean before) {}
}
