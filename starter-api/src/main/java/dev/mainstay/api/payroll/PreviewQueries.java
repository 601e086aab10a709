package dev.mainstay.api.payroll;

import static dev.mainstay.db.generated.Tables.READ_PREVIEW;
import static java.util.Objects.requireNonNull;

import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.payroll.Preview.Item;
import dev.mainstay.api.payroll.Preview.Total;
import dev.mainstay.db.generated.tables.records.ReadPreviewRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Looks at what a period would pay, without any effect. */
@Component
class PreviewQueries {

  private static final TypeReference<List<Total>> TOTALS = new TypeReference<>() {};
  private static final TypeReference<List<Item>> ITEMS = new TypeReference<>() {};

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final JsonMapper json;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Duration accountHold;

  PreviewQueries(
      DSLContext database,
      TransactionOperations transaction,
      JsonMapper json,
      InstantSource clock,
      PayrollRunProperties payroll) {
    this.database = database;
    this.transaction = transaction;
    this.json = json;
    this.clock = clock;
    this.zone = payroll.zone();
    this.accountHold = payroll.accountChangeHold();
  }

  /**
   * Reads a page of a period's preview.
   *
   * @param page whose limit counts vendors: each is listed with all its currencies
   * @throws dev.mainstay.api.problem.Refusal if the period has not begun
   */
  Preview read(PayrollPeriod period, PreviewQuery query, PageQuery page) {
    period.requireBegun(zone, clock.instant());
    ReadPreviewRecord row = requireNonNull(transaction.execute(_ -> look(period, query, page)));
    JSONB totals = row.get(READ_PREVIEW.TOTALS);
    return new Preview(
        period.cadence().text(),
        period.start(),
        period.end(),
        zone.getId(),
        period.startsAt(zone),
        period.endsAt(zone),
        !period.endsAt(zone).isAfter(clock.instant()),
        row.get(READ_PREVIEW.HASH),
        totals == null ? null : json.readValue(totals.data(), TOTALS),
        json.readValue(row.get(READ_PREVIEW.ITEMS).data(), ITEMS),
        row.get(READ_PREVIEW.NEXT));
  }

  private ReadPreviewRecord look(PayrollPeriod period, PreviewQuery query, PageQuery page) {
    LongQuery.begin(database);
    return database
        .selectFrom(
            READ_PREVIEW.call(
                period.cadence().text(),
                period.start(),
                zone.getId(),
                Math.toIntExact(accountHold.toSeconds()),
                query.percent(),
                page.after(),
                page.withOneMore() - 1))
        .fetchSingle();
  }
}
