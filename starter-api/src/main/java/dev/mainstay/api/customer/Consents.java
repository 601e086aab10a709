package dev.mainstay.api.customer;

import static dev.mainstay.db.generated.Tables.CONSENT;
import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.row;

import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.workflows.notification.Channel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Row2;
import org.springframework.stereotype.Component;

/** The consents of customers. Without an entry, only transactional messages may be sent. */
@Component
class Consents {

  private final CommandRunner commands;
  private final DSLContext database;

  Consents(CommandRunner commands, DSLContext database) {
    this.commands = commands;
    this.database = database;
  }

  /**
   * Replaces what a customer has agreed to.
   *
   * @throws Refusal if there is no such customer, or a channel and purpose are named twice
   */
  List<Consent> put(UUID customer, List<Consent> consents) {
    requireDistinct(consents);
    return commands.inTransaction(() -> {
      require(
          database
              .selectOne()
              .from(CUSTOMER)
              .where(CUSTOMER.ID.eq(customer), CUSTOMER.ERASED_AT.isNull())
              .forNoKeyUpdate()
              .fetch()
              .isNotEmpty());
      List<Row2<String, String>> named =
          consents.stream()
              .map(consent -> row(consent.channel().text(), consent.purpose().text()))
              .toList();
      database
          .deleteFrom(CONSENT)
          .where(
              CONSENT.CUSTOMER_ID.eq(customer), row(CONSENT.CHANNEL, CONSENT.PURPOSE).notIn(named))
          .execute();
      consents.forEach(consent -> keep(customer, consent));
      return of(customer);
    });
  }

  /**
   * The consents that a customer has given or refused.
   *
   * @throws Refusal if there is no such customer
   */
  List<Consent> of(UUID customer) {
    require(database.fetchExists(CUSTOMER, CUSTOMER.ID.eq(customer), CUSTOMER.ERASED_AT.isNull()));
    return database
        .select(CONSENT.CHANNEL, CONSENT.PURPOSE, CONSENT.GRANTED)
        .from(CONSENT)
        .where(CONSENT.CUSTOMER_ID.eq(customer))
        .orderBy(CONSENT.CHANNEL, CONSENT.PURPOSE)
        .fetch(kept ->
            new Consent(Channel.of(kept.value1()), Purpose.of(kept.value2()), kept.value3()));
  }

  private void keep(UUID customer, Consent consent) {
    database
        .insertInto(CONSENT)
        .set(CONSENT.CUSTOMER_ID, customer)
        .set(CONSENT.CHANNEL, consent.channel().text())
        .set(CONSENT.PURPOSE, consent.purpose().text())
        .set(CONSENT.GRANTED, consent.granted())
        .set(CONSENT.AT, currentInstant())
        // What a customer says otherwise is not what a START restores.
        .setNull(CONSENT.GRANTED_BEFORE_STOP)
        .onConflict(CONSENT.CUSTOMER_ID, CONSENT.CHANNEL, CONSENT.PURPOSE)
        .doUpdate()
        .setAllToExcluded()
        .where(CONSENT.GRANTED.ne(consent.granted()).or(CONSENT.GRANTED_BEFORE_STOP.isNotNull()))
        .execute();
  }

  private static void requireDistinct(List<Consent> consents) {
    Set<List<Object>> before = new HashSet<>();
    List<FieldProblem> problems = new ArrayList<>();
    for (int place = 0; place < consents.size(); place++) {
      Consent consent = consents.get(place);
      if (!before.add(List.of(consent.channel(), consent.purpose()))) {
        problems.add(new FieldProblem("/" + place, "names a channel and purpose again"));
      }
    }
    if (!problems.isEmpty()) {
      throw Refusal.fields(problems);
    }
  }

  private static void require(boolean known) {
    if (!known) {
      throw Refusal.notFound("customer");
    }
  }
}
