package dev.mainstay.api.customer;

import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.inline;

import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.request.FieldFormats;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.CustomerRecord;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Component;

@Component
class Customers {

  private static final Field<String[]> PUSH_TOKENS =
      Routines.pushTokensOf(CUSTOMER.ID, inline((UUID) null));

  private final CommandRunner commands;
  private final DSLContext database;

  Customers(CommandRunner commands, DSLContext database) {
    this.commands = commands;
    this.database = database;
  }

  /**
   * Creates or replaces the customer.
   *
   * @throws Refusal if the customer was erased, or becomes test data or ceases to be
   */
  Customer put(UUID id, CustomerRequest details) {
    CustomerRecord row = new CustomerRecord();
    row.setId(id);
    row.setName(details.name());
    row.setEmail(details.email());
    row.setPhone(details.phone() == null ? null : FieldFormats.e164(details.phone()));
    row.setLocale(details.locale());
    row.setZone(details.zone().getId());
    row.setPreferredTime(details.preferredTime());
    return commands.inTransaction(() -> {
      row.setTestData(requireNonNullElseGet(details.testData(), () -> isTestData(id)));
      keep(row);
      Routines.setPushTokens(
          database.configuration(),
          id,
          null,
          requireNonNullElse(details.pushTokens(), List.<String>of()).toArray(String[]::new));
      return find(id).orElseThrow();
    });
  }

  private void keep(CustomerRecord row) {
    int kept =
        database
            .insertInto(CUSTOMER)
            .set(row)
            .onConflict(CUSTOMER.ID)
            .doUpdate()
            .setAllToExcluded()
            .where(CUSTOMER.ERASED_AT.isNull(), CUSTOMER.TEST_DATA.eq(excluded(CUSTOMER.TEST_DATA)))
            .execute();
    if (kept == 0) {
      var _ = find(row.getId());
      throw Refusal.conflict("test-data", "A customer is test data from its creation on, or never");
    }
  }

  private boolean isTestData(UUID id) {
    return database.fetchExists(CUSTOMER, CUSTOMER.ID.eq(id), CUSTOMER.TEST_DATA.isTrue());
  }

  /**
   * The customer, where there is one.
   *
   * @throws Refusal if the customer was erased
   */
  Optional<Customer> find(UUID id) {
    return database
        .select(CUSTOMER, PUSH_TOKENS)
        .from(CUSTOMER)
        .where(CUSTOMER.ID.eq(id))
        .fetchOptional(row -> {
          if (row.value1().getErasedAt() != null) {
            throw Refusal.erased("customer");
          }
          return customer(row.value1(), row.value2());
        });
  }

  Page<Customer> list(PageQuery page) {
    return Page.of(
        database
            .select(CUSTOMER, PUSH_TOKENS)
            .from(CUSTOMER)
            .where(CUSTOMER.ID.gt(page.above()), CUSTOMER.ERASED_AT.isNull())
            .orderBy(CUSTOMER.ID)
            .limit(page.withOneMore())
            .fetch(mapping(Customers::customer)),
        page,
        Customer::id);
  }

  private static Customer customer(CustomerRecord row, String[] pushTokens) {
    return new Customer(
        row.getId(),
        new CustomerRequest(
            row.getName(),
            row.getEmail(),
            row.getPhone(),
            row.getLocale(),
            ZoneId.of(row.getZone()),
            row.getPreferredTime(),
            List.of(pushTokens),
            row.getTestData()));
  }
}
