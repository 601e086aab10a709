package dev.mainstay.api.payroll;

import static dev.mainstay.db.generated.Tables.READ_PREVIEW;

import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.payroll.Preview.Item;
import dev.mainstay.api.payroll.Preview.Total;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Looks at what a period would pay, without any effect. */
@Component
class PreviewReader {

  private static final TypeReference<List<Total>> TOTALS = new TypeReference<>() {};
  private static final TypeReference<List<Item>> ITEMS = new TypeReference<>() {};

  private final DSLContext database;
  private final JsonMapper json;
  private final InstantSource clock;
  private final ZoneId zone;

  PreviewReader(
      DSLContext database, JsonMapper json, InstantSource clock, PayrollProperties payroll) {
    this.database = database;
    this.json = json;
    this.clock = clock;
    this.zone = payroll.zone();
  }

  /**
   * A page of it.
   *
   * @param page whose limit counts vendors: each is told with all its currencies
   * @throws dev.mainstay.api.problem.Refusal if the period has not begun
   */
  Preview read(PayrollPeriod period, PreviewQuery query, PageQuery page) {
    period.requireBegun(zone, clock.instant());
    var row =
        database
            .selectFrom(
                READ_PREVIEW.call(
                    period.cadence().text(),
                    period.start(),
                    zone.getId(),
                    query.percent(),
                    page.after(),
                    page.withOneMore() - 1))
            .fetchSingle();
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
}
