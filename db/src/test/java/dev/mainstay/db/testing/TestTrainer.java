package dev.mainstay.db.testing;

import static dev.mainstay.db.generated.Tables.TRAINER;
import static dev.mainstay.db.generated.Tables.TRAINER_COURSE;
import static dev.mainstay.db.generated.Tables.TRAINER_HOLIDAY;
import static dev.mainstay.db.generated.Tables.VENDOR;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A trainer, as a test wants it: by default in UTC, for ten students, at any hour, without
 * holidays.
 *
 * @param hours where empty, at any hour
 */
public record TestTrainer(
    List<UUID> courses, int capacity, String zone, List<Hours> hours, List<LocalDate> holidays) {

  /** Hours of a weekday, local to the trainer's zone; {@code to} may be 24:00. */
  private record Hours(DayOfWeek weekday, String from, String to) {}

  public static TestTrainer teaching(UUID... courses) {
    return new TestTrainer(List.of(courses), 10, "UTC", List.of(), List.of());
  }

  public TestTrainer upTo(int students) {
    return new TestTrainer(courses, students, zone, hours, holidays);
  }

  public TestTrainer living(String in) {
    return new TestTrainer(courses, capacity, in, hours, holidays);
  }

  public TestTrainer on(DayOfWeek weekday, String from, String to) {
    return new TestTrainer(
        courses, capacity, zone, and(hours, new Hours(weekday, from, to)), holidays);
  }

  /** The same hours on each day of the week. */
  public TestTrainer daily(String from, String to) {
    TestTrainer trainer = this;
    for (DayOfWeek weekday : DayOfWeek.values()) {
      trainer = trainer.on(weekday, from, to);
    }
    return trainer;
  }

  public TestTrainer awayOn(String day) {
    return new TestTrainer(courses, capacity, zone, hours, and(holidays, LocalDate.parse(day)));
  }

  /** Adds it to the database. */
  public UUID in(TestDatabase database) {
    UUID id = database.newId();
    var dsl = database.dsl();
    dsl.insertInto(VENDOR)
        .set(VENDOR.ID, id)
        .set(VENDOR.NAME, "Trainer")
        .set(VENDOR.LOCALE, "en")
        .set(VENDOR.ZONE, zone)
        .set(VENDOR.CADENCE, "weekly")
        .set(VENDOR.CURRENCY, "USD")
        .execute();
    dsl.insertInto(TRAINER).set(TRAINER.VENDOR_ID, id).set(TRAINER.CAPACITY, capacity).execute();
    for (UUID course : courses) {
      dsl.insertInto(TRAINER_COURSE)
          .set(TRAINER_COURSE.COURSE_ID, course)
          .set(TRAINER_COURSE.TRAINER_ID, id)
          .execute();
    }
    for (Hours hour : hours) {
      // As text, because java.time knows no 24:00.
      dsl.execute(
          "insert into trainer_hours values (?, ?, ?::time, ?::time)",
          id,
          hour.weekday().getValue(),
          hour.from(),
          hour.to());
    }
    for (LocalDate day : holidays) {
      dsl.insertInto(TRAINER_HOLIDAY)
          .set(TRAINER_HOLIDAY.TRAINER_ID, id)
          .set(TRAINER_HOLIDAY.DAY, day)
          .execute();
    }
    return id;
  }

  /** How many students the trainer has now. */
  public static int load(TestDatabase database, UUID trainer) {
    return Objects.requireNonNull(
        database
            .dsl()
            .select(TRAINER.LOAD)
            .from(TRAINER)
            .where(TRAINER.VENDOR_ID.eq(trainer))
            .fetchSingle(TRAINER.LOAD));
  }

  private static <T> List<T> and(List<T> list, T one) {
    return Stream.concat(list.stream(), Stream.of(one)).toList();
  }
}
