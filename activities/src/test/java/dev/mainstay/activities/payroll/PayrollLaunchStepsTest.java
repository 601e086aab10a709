package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PAYROLL_RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.intake.WrittenBodies;
import dev.mainstay.db.generated.tables.records.PayrollRunRecord;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.payroll.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Schedule's run is that of the last period that had ended at the time it meant. */
class PayrollLaunchStepsTest {

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    // As scheduled
    "weekly, 2025-11-24T08:00:00Z, UTC, 2025-11-17, 2025-11-17T00:00:00Z, 2025-11-24T00:00:00Z",
    "monthly, 2025-11-01T00:00:00Z, UTC, 2025-10-01, 2025-10-01T00:00:00Z, 2025-11-01T00:00:00Z",
    // Triggered by hand in between
    "weekly, 2025-11-27T13:00:00Z, UTC, 2025-11-17, 2025-11-17T00:00:00Z, 2025-11-24T00:00:00Z",
    "monthly, 2025-11-01T00:00:00Z, America/New_York, 2025-09-01, 2025-09-01T04:00:00Z, 2025-10-01T04:00:00Z",
    // The weeks of both changes, and the February of a leap year
    "weekly, 2025-03-31T06:00:00Z, Europe/Berlin, 2025-03-24, 2025-03-23T23:00:00Z, 2025-03-30T22:00:00Z",
    "weekly, 2025-10-27T07:00:00Z, Europe/Berlin, 2025-10-20, 2025-10-19T22:00:00Z, 2025-10-26T23:00:00Z",
    "monthly, 2024-03-01T00:00:00Z, UTC, 2024-02-01, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z"
  })
  void theRunIsOfTheLastPeriodThatHadEnded(
      String cadence, Instant nominal, ZoneId zone, String start, Instant starts, Instant ends) {
    UUID run = steps(zone).launch(Cadence.of(cadence), nominal);

    PayrollRunRecord row = database.dsl().fetchSingle(PAYROLL_RUN, PAYROLL_RUN.ID.eq(run));
    assertThat(row.getPeriodStart()).isEqualTo(start);
    assertThat(row.getStartsAt()).isEqualTo(starts);
    assertThat(row.getEndsAt()).isEqualTo(ends);
    assertThat(row.getRequestedBy()).isEqualTo("payroll-" + cadence);
    assertThat(row.getCorrelationId()).isEqualTo("payroll-%s/%s", cadence, start);
  }

  @Test
  void aTurnThatComesAgainJoinsTheRun() {
    Instant nominal = Instant.parse("2025-11-24T08:00:00Z");
    PayrollLaunchStepsImpl steps = steps(ZoneId.of("UTC"));

    UUID first = steps.launch(Cadence.WEEKLY, nominal);

    assertThat(steps.launch(Cadence.WEEKLY, nominal)).isEqualTo(first);
    assertThat(steps.launch(Cadence.WEEKLY, nominal.plusSeconds(3_600))).isEqualTo(first);
    assertThat(steps.launch(Cadence.MONTHLY, nominal)).isNotEqualTo(first);
    assertThat(database.dsl().fetchCount(INTAKE, INTAKE.KIND.eq("payroll"))).isEqualTo(2);
    WrittenBodies.assertMatchRecord(database.dsl(), "payroll");
  }

  private PayrollLaunchStepsImpl steps(ZoneId zone) {
    return new PayrollLaunchStepsImpl(
        database.dsl(), database.transaction(), zone, Duration.ofDays(3));
  }
}
