package dev.mainstay.api.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.stream.Stream;

/**
 * When a schedule will act, as Temporal works it out, were it not paused.
 *
 * @param from of the half-open time that is looked at
 * @param zoneChanges what daylight saving does in that time
 */
record SchedulePreview(
    String id,
    String timing,
    String zone,
    Instant from,
    Instant to,
    int count,
    List<Action> actions,
    List<ZoneChange> zoneChanges) {

  static SchedulePreview of(
      ScheduleRow schedule, ZoneId zone, Instant from, Instant to, List<Instant> times) {
    return new SchedulePreview(
        schedule.id(),
        schedule.timing(),
        zone.getId(),
        from,
        to,
        times.size(),
        times.stream().map(at -> new Action(at, at.atZone(zone).toOffsetDateTime())).toList(),
        changes(zone, from, to));
  }

  private static List<ZoneChange> changes(ZoneId zone, Instant from, Instant to) {
    return Stream.iterate(
            zone.getRules().nextTransition(from.minusNanos(1)),
            change -> change != null && change.getInstant().isBefore(to),
            change -> zone.getRules().nextTransition(change.getInstant()))
        .map(ZoneChange::of)
        .toList();
  }

  /**
   * @param local the same time, as the zone's clocks show it
   */
  record Action(Instant at, OffsetDateTime local) {}

  /**
   * The zone's clocks are changed.
   *
   * @param effect the local times that are affected; the actions show the effect on them
   */
  record ZoneChange(Instant at, String offsetBefore, String offsetAfter, String effect) {

    private static ZoneChange of(ZoneOffsetTransition change) {
      ZoneOffset before = change.getOffsetBefore();
      ZoneOffset after = change.getOffsetAfter();
      Duration length = change.getDuration().abs();
      String effect =
          change.isGap()
              ? "local times from %s to %s do not exist"
                  .formatted(change.getDateTimeBefore(), change.getDateTimeBefore().plus(length))
              : "local times from %s to %s come twice"
                  .formatted(change.getDateTimeAfter(), change.getDateTimeAfter().plus(length));
      return new ZoneChange(change.getInstant(), before.getId(), after.getId(), effect);
    }
  }
}
