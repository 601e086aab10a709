package dev.mainstay.db.testing;

import static dev.mainstay.db.generated.Tables.COURSE;

import java.util.UUID;

/**
 * A course, as a test wants it: by default of lessons of an hour, for 100.00 USD.
 *
 * @param sessions how many the student gets
 * @param sessionMinutes how long each is
 */
public record TestCourse(int sessions, int sessionMinutes) {

  /** The price of every test course, in minor units of USD. */
  public static final long PRICE_MINOR = 10_000;

  public static TestCourse ofSessions(int sessions) {
    return new TestCourse(sessions, 60);
  }

  public TestCourse ofMinutes(int minutes) {
    return new TestCourse(sessions, minutes);
  }

  /** Adds it to the database. */
  public UUID in(TestDatabase database) {
    UUID id = database.newId();
    database
        .dsl()
        .insertInto(COURSE)
        .set(COURSE.ID, id)
        .set(COURSE.TITLE, "Course")
        .set(COURSE.SESSIONS, (short) sessions)
        .set(COURSE.SESSION_MINUTES, (short) sessionMinutes)
        .set(COURSE.PRICE_MINOR, PRICE_MINOR)
        .set(COURSE.CURRENCY, "USD")
        .execute();
    return id;
  }
}
