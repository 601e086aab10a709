package dev.mainstay.api.payroll;

import static dev.mainstay.db.generated.Tables.PAYROLL_PERIOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.payroll.Cadence;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API refuses a period by the same ends as the database freezes it by. */
class PayrollPeriodTest {

  private static final TestDatabase database = TestDatabase.create();

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "weekly,  2026-11-23, UTC",
    "weekly,  2026-12-28, Asia/Kathmandu",
    "weekly,  2026-03-23, Europe/Berlin", // ends with the change to summer time
    "weekly,  2026-10-26, America/New_York",
    "weekly,  2018-10-29, America/Sao_Paulo",
    "monthly, 2026-11-01, UTC",
    "monthly, 2017-09-01, America/Asuncion", // ends on a day whose midnight is skipped
    "monthly, 2028-02-01, Europe/London",
    "monthly, 2026-12-01, America/Havana",
    "monthly, 2026-10-01, Africa/Cairo"
  })
  void endsAsTheDatabaseSays(String cadence, LocalDate start, String zone) {
    PayrollPeriod period = new PayrollPeriod(Cadence.of(cadence), start);

    var row = database.dsl().fetchSingle(PAYROLL_PERIOD.call(cadence, start, zone));

    assertThat(period.end()).isEqualTo(row.get(PAYROLL_PERIOD.PERIOD_END));
    assertThat(period.startsAt(ZoneId.of(zone))).isEqualTo(row.get(PAYROLL_PERIOD.STARTS_AT));
    assertThat(period.endsAt(ZoneId.of(zone))).isEqualTo(row.get(PAYROLL_PERIOD.ENDS_AT));
  }
}
