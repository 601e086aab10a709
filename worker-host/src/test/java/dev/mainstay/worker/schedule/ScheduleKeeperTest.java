package dev.mainstay.worker.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.worker.module.ScheduleDefinition;
import dev.mainstay.worker.module.Timing;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.StructuredCalendarSpec;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleKeeperTest {

  private final FakeScheduleService server = new FakeScheduleService();
  private final ScheduleKeeper keeper = keeper();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aMissingScheduleIsCreated() {
    keep(every(6), true);

    Schedule schedule = server.schedule("top-up");
    assertThat(schedule.getSpec().getInterval(0).getInterval().getSeconds()).isEqualTo(6 * 3600);
    assertThat(schedule.getSpec().getTimezoneName()).isEqualTo("Europe/Berlin");
    assertThat(schedule.getPolicies().getOverlapPolicy())
        .isEqualTo(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP);
    assertThat(schedule.getPolicies().getCatchupWindow().getSeconds()).isEqualTo(3600);
    assertThat(schedule.getAction().getStartWorkflow().getWorkflowType().getName())
        .isEqualTo("TopUp");
    assertThat(schedule.getAction().getStartWorkflow().getWorkflowExecutionTimeout().getSeconds())
        .isEqualTo(300);
    assertThat(schedule.getState().getPaused()).isFalse();
  }

  @Test
  void oneThatIsUpToDateIsLeftAlone() {
    keep(every(6), true);
    keep(every(6), true);

    assertThat(server.updates()).isZero();
  }

  @Test
  void aChangedDefinitionIsBroughtToTheServerAndAPauseIsKept() {
    keep(every(6), true);
    server.pause("top-up", "by hand");

    keep(every(3), true);

    assertThat(server.schedule("top-up").getSpec().getInterval(0).getInterval().getSeconds())
        .isEqualTo(3 * 3600);
    assertThat(server.schedule("top-up").getState().getPaused()).isTrue();
    assertThat(server.schedule("top-up").getState().getNotes()).isEqualTo("by hand");
    assertThat(server.updates()).isEqualTo(1);
  }

  @Test
  void aPauseSetBetweenLookAndUpdateIsNotUndone() {
    keep(every(6), true);
    server.beforeNextUpdate(() -> server.pause("top-up", "in the same moment"));

    keep(every(3), true);

    assertThat(server.schedule("top-up").getState().getNotes()).isEqualTo("in the same moment");
    assertThat(server.schedule("top-up").getState().getPaused()).isTrue();
    assertThat(server.schedule("top-up").getSpec().getInterval(0).getInterval().getSeconds())
        .isEqualTo(3 * 3600);
  }

  @Test
  void hostsThatStartAtOnceEndWithOneScheduleAndOneUpdate() throws Exception {
    keepAtOnce(every(6));
    assertThat(server.schedules()).hasSize(1);

    keepAtOnce(every(3));

    assertThat(server.updates()).isEqualTo(1);
    assertThat(server.schedule("top-up").getSpec().getInterval(0).getInterval().getSeconds())
        .isEqualTo(3 * 3600);
  }

  @Test
  void theScheduleOfAProcessThatIsOffIsPausedUntilItIsOnAgain() {
    keep(every(6), true);

    keep(every(6), false);
    assertThat(server.schedule("top-up").getState().getPaused()).isTrue();
    assertThat(server.schedule("top-up").getState().getNotes())
        .isEqualTo("Off: mainstay.features.session-top-up.enabled=false");

    keep(every(6), true);
    assertThat(server.schedule("top-up").getState().getPaused()).isFalse();
    assertThat(server.schedule("top-up").getState().getNotes()).isEqualTo("For operators");
  }

  @Test
  void anOperatorsPauseOutlivesThatTheProcessWasOff() {
    keep(every(6), true);
    server.pause("top-up", "by hand");

    keep(every(6), false);
    keep(every(6), true);

    assertThat(server.schedule("top-up").getState().getPaused()).isTrue();
    assertThat(server.schedule("top-up").getState().getNotes()).isEqualTo("by hand");
  }

  @Test
  void theScheduleOfAProcessThatIsOffIsNotCreated() {
    keep(every(6), false);

    assertThat(server.schedules()).isEmpty();
  }

  @Test
  void oneThatOthersChangeEachTimeIsGivenUp() {
    keep(every(6), true);
    Runnable meddle =
        new Runnable() {
          @Override
          public void run() {
            server.pause("top-up", "again");
            server.beforeNextUpdate(this);
          }
        };
    server.beforeNextUpdate(meddle);

    assertThatThrownBy(() -> keep(every(3), true)).hasMessageContaining("5 times");
  }

  @Test
  void localTimesBecomeCalendars() {
    LocalTime eight = LocalTime.of(8, 0);
    assertThat(calendar(new Timing.Daily(eight)))
        .isEqualTo("hour 8-8, day of month 1-31, day of week 0-6");
    assertThat(calendar(new Timing.Weekly(DayOfWeek.MONDAY, eight)))
        .isEqualTo("hour 8-8, day of month 1-31, day of week 1-1");
    assertThat(calendar(new Timing.Weekly(DayOfWeek.SUNDAY, eight)))
        .isEqualTo("hour 8-8, day of month 1-31, day of week 0-0");
    assertThat(calendar(new Timing.Monthly(1, LocalTime.MIDNIGHT)))
        .isEqualTo("hour 0-0, day of month 1-1, day of week 0-6");
  }

  private String calendar(Timing timing) {
    StructuredCalendarSpec calendar =
        wanted(timing)
            .in(Schedule.getDefaultInstance().getState())
            .getSpec()
            .getStructuredCalendar(0);
    return "hour %d-%d, day of month %d-%d, day of week %d-%d"
        .formatted(
            calendar.getHour(0).getStart(),
            calendar.getHour(0).getEnd(),
            calendar.getDayOfMonth(0).getStart(),
            calendar.getDayOfMonth(0).getEnd(),
            calendar.getDayOfWeek(0).getStart(),
            calendar.getDayOfWeek(0).getEnd());
  }

  private void keepAtOnce(Timing timing) throws Exception {
    List<Callable<Boolean>> hosts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      hosts.add(() -> {
        keeper().keep(wanted(timing), "session-top-up", true);
        return true;
      });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> host : threads.invokeAll(hosts)) {
        assertThat(host.get()).isTrue();
      }
    }
  }

  private void keep(Timing timing, boolean on) {
    keeper.keep(wanted(timing), "session-top-up", on);
  }

  private ScheduleKeeper keeper() {
    return new ScheduleKeeper(new ScheduleServer(server.client()));
  }

  private static Timing every(int hours) {
    return new Timing.Every(Duration.ofHours(hours));
  }

  private static WantedSchedule wanted(Timing timing) {
    return new WantedSchedule(
        "session-top-up",
        new ScheduleDefinition(
            "top-up",
            "TopUp",
            "sweep/top-up",
            "processes",
            timing,
            Optional.of(ZoneId.of("Europe/Berlin")),
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            "For operators"));
  }
}
