package dev.mainstay.api.trainer;

import static dev.mainstay.db.generated.Tables.COURSE;
import static dev.mainstay.db.generated.Tables.TRAINER;
import static dev.mainstay.db.generated.Tables.TRAINER_COURSE;
import static dev.mainstay.db.generated.Tables.TRAINER_HOLIDAY;
import static dev.mainstay.db.generated.Tables.TRAINER_HOURS;
import static dev.mainstay.db.generated.Tables.VENDOR;
import static java.util.Objects.requireNonNullElse;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.trainer.TrainerRequest.Hours;
import dev.mainstay.db.generated.Routines;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

@Component
class Trainers {

  private final CommandRunner commands;
  private final DSLContext database;

  Trainers(CommandRunner commands, DSLContext database) {
    this.commands = commands;
    this.database = database;
  }

  /**
   * Creates or replaces a trainer. Students who have the trainer keep it, whatever it teaches from
   * then on.
   *
   * @throws Refusal if there is no such vendor, a course is unknown, hours overlap, or the capacity
   *     is below the students that the trainer has
   */
  Trainer put(UUID id, TrainerRequest details) {
    requireValid(hours(details));
    return commands.inTransaction(() -> {
      replace(id, details);
      return find(id).orElseThrow();
    });
  }

  Optional<Trainer> find(UUID id) {
    return read(TRAINER.VENDOR_ID.eq(id), 1).stream().findFirst();
  }

  Page<Trainer> list(PageQuery page) {
    return Page.of(read(TRAINER.VENDOR_ID.gt(page.above()), page.withOneMore()), page, Trainer::id);
  }

  private void replace(UUID id, TrainerRequest details) {
    if (!database.fetchExists(VENDOR, VENDOR.ID.eq(id))) {
      throw Refusal.notFound("vendor");
    }
    List<UUID> courses = details.courseIds();
    requireKnown(courses);
    database
        .insertInto(TRAINER)
        .set(TRAINER.VENDOR_ID, id)
        .set(TRAINER.CAPACITY, 0)
        .onConflictDoNothing()
        .execute();
    int load =
        database
            .select(TRAINER.LOAD)
            .from(TRAINER)
            .where(TRAINER.VENDOR_ID.eq(id))
            .forNoKeyUpdate()
            .fetchSingle()
            .value1();
    if (details.capacity() < load) {
      throw Refusal.conflict(
          "capacity-below-load",
          "The trainer has %d students, more than a capacity of %d"
              .formatted(load, details.capacity()));
    }
    database
        .update(TRAINER)
        .set(TRAINER.CAPACITY, details.capacity())
        .where(TRAINER.VENDOR_ID.eq(id))
        .execute();
    database.deleteFrom(TRAINER_COURSE).where(TRAINER_COURSE.TRAINER_ID.eq(id)).execute();
    database.deleteFrom(TRAINER_HOLIDAY).where(TRAINER_HOLIDAY.TRAINER_ID.eq(id)).execute();
    database.deleteFrom(TRAINER_HOURS).where(TRAINER_HOURS.TRAINER_ID.eq(id)).execute();
    database
        .insertInto(TRAINER_COURSE, TRAINER_COURSE.TRAINER_ID, TRAINER_COURSE.COURSE_ID)
        .valuesOfRows(courses.stream().map(course -> DSL.row(id, course)).toList())
        .execute();
    database
        .insertInto(TRAINER_HOLIDAY, TRAINER_HOLIDAY.TRAINER_ID, TRAINER_HOLIDAY.DAY)
        .valuesOfRows(
            requireNonNullElse(details.holidays(), List.<LocalDate>of()).stream()
                .map(day -> DSL.row(id, day))
                .toList())
        .execute();
    database
        .insertInto(
            TRAINER_HOURS,
            TRAINER_HOURS.TRAINER_ID,
            TRAINER_HOURS.WEEKDAY,
            TRAINER_HOURS.FROM_TIME,
            TRAINER_HOURS.TO_TIME)
        .valuesOfRows(
            hours(details).stream()
                .map(hours ->
                    DSL.row(
                        val(id),
                        val((short) hours.weekday().getValue()),
                        time(hours.from()),
                        time(hours.until())))
                .toList())
        .execute();
    // Any change may free the trainer for a purchase that waits.
    Routines.enqueueTrainerFree(database.configuration(), new UUID[] {id});
  }

  /** As text, because Java's LocalTime has no 24:00. */
  private static Field<LocalTime> time(String text) {
    return DSL.cast(val(text), SQLDataType.LOCALTIME);
  }

  private static List<Hours> hours(TrainerRequest details) {
    return requireNonNullElse(details.hours(), List.<Hours>of());
  }

  private static void requireValid(List<Hours> hours) {
    List<FieldProblem> wrong = new ArrayList<>();
    for (int i = 0; i < hours.size(); i++) {
      Hours one = hours.get(i);
      if (one.from().compareTo(one.until()) >= 0) {
        wrong.add(new FieldProblem("/hours/" + i + "/to", "must be later than from"));
      } else if (hours.subList(0, i).stream().anyMatch(one::overlaps)) {
        wrong.add(new FieldProblem("/hours/" + i, "overlaps with others of the same weekday"));
      }
    }
    if (!wrong.isEmpty()) {
      throw Refusal.fields(wrong);
    }
  }

  /** Each once: the same id in capitals is another text to the schema, which compares texts. */
  private void requireKnown(List<UUID> courses) {
    Set<UUID> known =
        database.select(COURSE.ID).from(COURSE).where(COURSE.ID.in(courses)).fetchSet(COURSE.ID);
    List<FieldProblem> problems = new ArrayList<>();
    for (int i = 0; i < courses.size(); i++) {
      UUID course = courses.get(i);
      if (!known.contains(course)) {
        problems.add(new FieldProblem("/courseIds/" + i, "is no course's id"));
      } else if (courses.indexOf(course) < i) {
        problems.add(new FieldProblem("/courseIds/" + i, "is there before"));
      }
    }
    if (!problems.isEmpty()) {
      throw Refusal.fields(problems);
    }
  }

  private List<Trainer> read(Condition condition, int limit) {
    Field<List<UUID>> courses =
        multiset(
                select(TRAINER_COURSE.COURSE_ID)
                    .from(TRAINER_COURSE)
                    .where(TRAINER_COURSE.TRAINER_ID.eq(TRAINER.VENDOR_ID))
                    .orderBy(TRAINER_COURSE.COURSE_ID))
            .convertFrom(rows -> rows.getValues(TRAINER_COURSE.COURSE_ID));
    Field<List<LocalDate>> holidays =
        multiset(
                select(TRAINER_HOLIDAY.DAY)
                    .from(TRAINER_HOLIDAY)
                    .where(TRAINER_HOLIDAY.TRAINER_ID.eq(TRAINER.VENDOR_ID))
                    .orderBy(TRAINER_HOLIDAY.DAY))
            .convertFrom(rows -> rows.getValues(TRAINER_HOLIDAY.DAY));
    Field<List<Hours>> hours =
        multiset(
                select(
                        TRAINER_HOURS.WEEKDAY.convertFrom(day -> DayOfWeek.of(day)),
                        hhMm(TRAINER_HOURS.FROM_TIME),
                        hhMm(TRAINER_HOURS.TO_TIME))
                    .from(TRAINER_HOURS)
                    .where(TRAINER_HOURS.TRAINER_ID.eq(TRAINER.VENDOR_ID))
                    .orderBy(TRAINER_HOURS.WEEKDAY, TRAINER_HOURS.FROM_TIME))
            .convertFrom(rows -> rows.map(mapping(Hours::new)));
    return database
        .select(TRAINER.VENDOR_ID, TRAINER.LOAD, TRAINER.CAPACITY, courses, holidays, hours)
        .from(TRAINER)
        .where(condition)
        .orderBy(TRAINER.VENDOR_ID)
        .limit(limit)
        .fetch(row ->
            new Trainer(
                row.value1(),
                row.value2(),
                new TrainerRequest(row.value3(), row.value4(), row.value5(), row.value6())));
  }

  private static Field<String> hhMm(Field<LocalTime> time) {
    return DSL.left(time.cast(SQLDataType.VARCHAR), 5);
  }
}
