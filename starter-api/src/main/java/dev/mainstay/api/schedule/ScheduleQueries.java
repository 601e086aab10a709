package dev.mainstay.api.schedule;

import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.schedule.Schedule.State;
import dev.mainstay.api.temporal.TemporalUnavailable;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Reads schedules: their definitions from PostgreSQL, their states from Temporal, if it is
 * available.
 */
@Component
public class ScheduleQueries {

  private final ScheduleRows rows;
  private final TemporalSchedules temporal;
  private final InstantSource clock;

  ScheduleQueries(ScheduleRows rows, TemporalSchedules temporal, InstantSource clock) {
    this.rows = rows;
    this.temporal = temporal;
    this.clock = clock;
  }

  Schedule find(String id) {
    return shown(List.of(row(id))).getFirst();
  }

  List<Schedule> all() {
    return shown(rows.all());
  }

  /**
   * The next action of each schedule; without those that are paused, and empty while Temporal is
   * unavailable.
   */
  public Map<String, Instant> next() {
    Map<String, Instant> next = new HashMap<>();
    states(rows.all())
        .forEach(
            (id, state) -> state.next().stream().findFirst().ifPresent(at -> next.put(id, at)));
    return next;
  }

  SchedulePreview preview(String id, int months) {
    ScheduleRow row = row(id);
    ZoneId zone = ZoneId.of(temporal.zone(id));
    Instant from = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant to = from.atZone(zone).plusMonths(months).toInstant();
    return SchedulePreview.of(row, zone, from, to, temporal.times(id, from, to));
  }

  private ScheduleRow row(String id) {
    return rows.find(id).orElseThrow(() -> Refusal.notFound("schedule"));
  }

  private List<Schedule> shown(List<ScheduleRow> found) {
    Map<String, State> states = states(found);
    return found.stream()
        .map(row ->
            new Schedule(
                row.id(),
                row.process(),
                row.enabled(),
                row.timing(),
                row.zone(),
                row.catchUpSeconds(),
                "skip",
                row.note(),
                states.get(row.id())))
        .toList();
  }

  private Map<String, State> states(List<ScheduleRow> found) {
    Map<String, State> states = new HashMap<>();
    try {
      for (ScheduleRow row : found) {
        try {
          states.put(row.id(), temporal.state(row.id()));
        } catch (Refusal missing) {
          // It has no state to show.
        }
      }
    } catch (StatusRuntimeException e) {
      if (!TemporalUnavailable.explains(e)) {
        throw e;
      }
      // The others are not asked for: their state is unknown, too.
    }
    return states;
  }
}
