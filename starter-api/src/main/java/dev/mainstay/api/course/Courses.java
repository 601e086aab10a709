package dev.mainstay.api.course;

import static dev.mainstay.db.generated.Tables.COURSE;

import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.db.generated.tables.records.CourseRecord;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

@Component
class Courses {

  private final DSLContext database;

  Courses(DSLContext database) {
    this.database = database;
  }

  Course put(UUID id, CourseRequest details) {
    CourseRecord row = new CourseRecord();
    row.setId(id);
    row.setTitle(details.title());
    row.setSessions((short) details.sessions());
    row.setSessionMinutes((short) details.sessionMinutes());
    row.setPriceMinor(details.priceMinor());
    row.setCurrency(details.currency().getCurrencyCode());
    database
        .insertInto(COURSE)
        .set(row)
        .onConflict(COURSE.ID)
        .doUpdate()
        .setAllToExcluded()
        .execute();
    return course(row);
  }

  Optional<Course> find(UUID id) {
    return database.selectFrom(COURSE).where(COURSE.ID.eq(id)).fetchOptional(Courses::course);
  }

  Page<Course> list(PageQuery page) {
    return Page.of(
        database
            .selectFrom(COURSE)
            .where(COURSE.ID.gt(page.above()))
            .orderBy(COURSE.ID)
            .limit(page.withOneMore())
            .fetch(Courses::course),
        page,
        Course::id);
  }

  private static Course course(CourseRecord row) {
    return new Course(
        row.getId(),
        new CourseRequest(
            row.getTitle(),
            row.getSessions(),
            row.getSessionMinutes(),
            row.getPriceMinor(),
            Currency.getInstance(row.getCurrency())));
  }
}
