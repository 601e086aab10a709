package dev.mainstay.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.time.api.constraints.DateTimeRange;

/**
 * {@code local_instant} gives the answers of java.time, in every zone that the API takes and of
 * whose rules the two have the same edition.
 */
class LocalInstantTest {

  private static final LocalDateTime FIRST = LocalDateTime.parse("2024-01-01T00:00:00");
  private static final LocalDateTime LAST = LocalDateTime.parse("2035-12-31T23:59:59");

  private static final TestDatabase database = TestDatabase.create();

  /** Whose offsets agree around the changes and in the middle of every month. */
  private static final List<String> ZONES_OF_ONE_EDITION =
      zonesOfTheApi().filter(zone -> offsetsAgree(ZoneId.of(zone))).toList();

  @AfterContainer
  static void close() {
    database.close();
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of(ZONES_OF_ONE_EDITION);
  }

  @Property(tries = 200)
  void isWhatJavaSays(
      @ForAll("zones") String zone,
      @ForAll @Size(20)
          List<
                  @DateTimeRange(min = "2024-01-01T00:00:00", max = "2035-12-31T23:59:59")
                  LocalDateTime>
              times) {
    assertThat(inDatabase(zone, times)).isEqualTo(inJava(zone, times));
  }

  @Example
  void isWhatJavaSaysOnBothSidesOfEveryChangeOfOffset() {
    var differ = new TreeSet<String>();
    ZONES_OF_ONE_EDITION.forEach(zone -> {
      List<LocalDateTime> times = aroundChanges(ZoneId.of(zone));
      if (!inDatabase(zone, times).equals(inJava(zone, times))) {
        differ.add(zone);
      }
    });
    assertThat(differ).isEmpty();
  }

  /**
   * PostgreSQL and the JDK each have their own time zone data; a government that changes its mind
   * makes them differ for as long as one of them is older. Nearly all zones must agree.
   */
  @Example
  void theEditionsDifferInFewZones() {
    assertThat(ZONES_OF_ONE_EDITION.size()).isGreaterThan((int) (zonesOfTheApi().count() * 0.95));
  }

  @Example
  void aSkippedTimeMovesByTheGap() {
    assertThat(inDatabase("Europe/Vienna", at("2027-03-28T02:30:00")))
        .containsExactly(Instant.parse("2027-03-28T01:30:00Z"));
    assertThat(
            database
                .dsl()
                .fetchSingle(
                    "select (local_instant('2027-03-28 02:30', 'Europe/Vienna') at time zone 'Europe/Vienna')::time")
                .into(String.class))
        .isEqualTo("03:30:00");
  }

  @Example
  void anAmbiguousTimeIsTheEarlier() {
    assertThat(inDatabase("Europe/Vienna", at("2027-10-31T02:30:00")))
        .containsExactly(Instant.parse("2027-10-31T00:30:00Z"));
    assertThat(inDatabase("America/New_York", at("2027-11-07T01:30:00")))
        .containsExactly(Instant.parse("2027-11-07T05:30:00Z"));
  }

  @Example
  void aChangeMayBeOfHalfAnHour() {
    assertThat(inDatabase("Australia/Lord_Howe", at("2026-10-04T02:15:00")))
        .containsExactly(Instant.parse("2026-10-03T15:45:00Z"));
    assertThat(inDatabase("Australia/Lord_Howe", at("2027-04-04T01:45:00")))
        .containsExactly(Instant.parse("2027-04-03T14:45:00Z"));
  }

  private static Stream<String> zonesOfTheApi() {
    return ZoneId.getAvailableZoneIds().stream()
        .filter(zone -> zone.contains("/") || zone.equals("UTC"))
        .sorted();
  }

  private static boolean offsetsAgree(ZoneId zone) {
    var instants = new ArrayList<Instant>();
    aroundChanges(zone).forEach(time -> instants.add(time.atZone(zone).toInstant()));
    for (LocalDateTime day = FIRST; day.isBefore(LAST); day = day.plusMonths(1)) {
      instants.add(day.plusDays(14).toInstant(ZoneOffset.UTC));
    }
    List<LocalDateTime> local =
        database
            .dsl()
            .fetch(
                "select instant at time zone ? as local from unnest(?::timestamptz[]) with ordinality i (instant, place) order by place",
                zone.getId(),
                instants.stream().map(Instant::toString).toArray(String[]::new))
            .getValues("local", LocalDateTime.class);
    return local.equals(
        instants.stream().map(instant -> LocalDateTime.ofInstant(instant, zone)).toList());
  }

  private static List<LocalDateTime> aroundChanges(ZoneId zone) {
    var times = new ArrayList<LocalDateTime>();
    times.add(FIRST);
    var rules = zone.getRules();
    for (ZoneOffsetTransition change = rules.nextTransition(FIRST.atZone(zone).toInstant());
        change != null && change.getDateTimeAfter().isBefore(LAST);
        change = rules.nextTransition(change.getInstant())) {
      LocalDateTime from = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
      for (Duration after :
          List.of(
              Duration.ofDays(-1),
              Duration.ofHours(-5),
              Duration.ofSeconds(-1),
              Duration.ZERO,
              change.getDuration().abs().dividedBy(2),
              change.getDuration().abs().minusSeconds(1),
              change.getDuration().abs(),
              Duration.ofHours(5),
              Duration.ofDays(1))) {
        times.add(from.plus(after));
      }
    }
    return times;
  }

  private static List<LocalDateTime> at(String time) {
    return List.of(LocalDateTime.parse(time));
  }

  private static List<Instant> inJava(String zone, List<LocalDateTime> times) {
    return times.stream().map(time -> time.atZone(ZoneId.of(zone)).toInstant()).toList();
  }

  private static List<Instant> inDatabase(String zone, List<LocalDateTime> times) {
    return database
        .dsl()
        .fetch(
            "select local_instant(time, ?) as instant from unnest(?::timestamp[]) with ordinality t (time, place) order by place",
            zone,
            times.stream().map(LocalDateTime::toString).toArray(String[]::new))
        .getValues("instant", OffsetDateTime.class)
        .stream()
        .map(OffsetDateTime::toInstant)
        .toList();
  }
}
