package dev.mainstay.worker.schedule;

import static dev.mainstay.db.generated.Tables.PROCESS;
import static dev.mainstay.db.generated.Tables.SCHEDULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.worker.module.Backend;
import dev.mainstay.worker.module.ScheduleDefinition;
import dev.mainstay.worker.module.Timing;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.module.WorkerProperties;
import dev.mainstay.worker.module.WorkerProperties.Feature;
import dev.mainstay.worker.module.WorkerProperties.Host;
import dev.mainstay.worker.schedule.ScheduleProperties.Setting;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulesTest {

  private final TestDatabase database = TestDatabase.create();
  private final FakeScheduleService server = new FakeScheduleService();
  private final AtomicInteger prepared = new AtomicInteger();

  @AfterEach
  void close() {
    server.close();
    database.close();
  }

  @Test
  void whatIsServedIsWrittenDownAndKept() {
    host(Map.of(), Map.of()).keep();

    assertThat(database.dsl().select(PROCESS.NAME, PROCESS.ENABLED).from(PROCESS).fetch())
        .extracting(row -> row.value1() + " " + row.value2())
        .containsExactlyInAnyOrder("sweeping true", "nightly true");
    assertThat(
            database
                .dsl()
                .select(SCHEDULE.ID, SCHEDULE.TIMING, SCHEDULE.ZONE)
                .from(SCHEDULE)
                .fetch())
        .extracting(row -> "%s, %s, %s".formatted(row.value1(), row.value2(), row.value3()))
        .containsExactlyInAnyOrder(
            "top-up, every 6 hours, Asia/Tokyo", "archive, daily at 02:00, Asia/Tokyo");
    assertThat(server.schedules()).containsOnlyKeys("top-up", "archive");
  }

  @Test
  void whileTemporalIsAwayItIsTriedAgain() {
    Schedules host = host(Map.of(), Map.of());
    server.away(true);
    host.keep();
    assertThat(database.dsl().fetchCount(SCHEDULE)).isEqualTo(2);

    server.away(false);
    host.keep();

    assertThat(server.schedules()).containsOnlyKeys("top-up", "archive");
  }

  @Test
  void itIsDoneOnceForEachStart() {
    Schedules host = host(Map.of(), Map.of());
    host.keep();
    server.schedules().clear();

    host.keep();

    assertThat(server.schedules()).isEmpty();
  }

  @Test
  void aServerWithoutItsDatabaseIsGivenEverythingAgain() {
    Schedules host = host(Map.of(), Map.of());
    host.keep();
    server.loseDatabase();

    host.keep();
    host.keep();

    assertThat(server.schedules()).containsOnlyKeys("top-up", "archive");
    assertThat(prepared).hasValue(2);
  }

  @Test
  void aProcessThatIsOffIsWrittenDownAsOff() {
    host(Map.of("sweeping", new Feature(false)), Map.of()).keep();

    assertThat(database.dsl().fetchValue(PROCESS.ENABLED, PROCESS.NAME.eq("sweeping"))).isFalse();
    assertThat(database.dsl().fetchCount(SCHEDULE)).isEqualTo(2);
    assertThat(server.schedules()).containsOnlyKeys("archive");
  }

  @Test
  void anInstallationSetsItsOwnTimes() {
    host(
            Map.of(),
            Map.of(
                "top-up", new Setting(Duration.ofMinutes(90), null, null, Duration.ofMinutes(10)),
                "archive", new Setting(null, LocalTime.of(4, 30), ZoneId.of("Europe/Paris"), null)))
        .keep();

    assertThat(
            database
                .dsl()
                .select(SCHEDULE.ID, SCHEDULE.TIMING, SCHEDULE.ZONE)
                .from(SCHEDULE)
                .fetch())
        .extracting(row -> "%s, %s, %s".formatted(row.value1(), row.value2(), row.value3()))
        .containsExactlyInAnyOrder(
            "top-up, every 90 minutes, Asia/Tokyo", "archive, daily at 04:30, Europe/Paris");
    assertThat(server.schedule("top-up").getPolicies().getCatchupWindow().getSeconds())
        .isEqualTo(600);
  }

  @Test
  void whatFitsNoScheduleStopsTheStart() {
    assertThatThrownBy(() -> host(Map.of(), Map.of("top-ups", new Setting(null, null, null, null))))
        .hasMessageContaining("[top-ups]");
    assertThatThrownBy(
            () -> host(Map.of(), Map.of("top-up", new Setting(null, LocalTime.NOON, null, null))))
        .hasMessageContaining("mainstay.schedules.top-up.at");
    assertThatThrownBy(() ->
            host(Map.of(), Map.of("archive", new Setting(Duration.ofHours(1), null, null, null))))
        .hasMessageContaining("mainstay.schedules.archive.every");
  }

  private Schedules host(Map<String, Feature> features, Map<String, Setting> settings) {
    return new Schedules(
        new WorkerProperties(
            Backend.CLUSTER,
            features,
            new Host(List.of(), List.of(), 10, 2, 4, 50, Duration.ofSeconds(30))),
        new ScheduleProperties(ZoneId.of("Asia/Tokyo"), settings),
        List.of(
            module("sweeping", "top-up", new Timing.Every(Duration.ofHours(6))),
            module("nightly", "archive", new Timing.Daily(LocalTime.of(2, 0)))),
        new ProcessRows(database.dsl(), database.transaction()),
        new ScheduleServer(server.client()),
        prepared::incrementAndGet);
  }

  private static WorkerModule module(String name, String schedule, Timing timing) {
    return new WorkerModule(
        name,
        "q",
        List.of(),
        List.of(),
        List.of(),
        List.of(
            ScheduleDefinition.of(
                schedule, "Type", "sweep/" + schedule, "q", timing, Duration.ofMinutes(5), "x")));
  }
}
