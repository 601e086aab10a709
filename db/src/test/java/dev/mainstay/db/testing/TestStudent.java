package dev.mainstay.db.testing;

import static dev.mainstay.db.generated.Tables.CUSTOMER;

import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A student, as a test wants it.
 *
 * @param zone the student's own
 * @param preferredTime null for a student who has said nothing about it
 */
public record TestStudent(String zone, @Nullable LocalTime preferredTime) {

  public static TestStudent living(String zone) {
    return new TestStudent(zone, null);
  }

  public TestStudent preferring(String time) {
    return new TestStudent(zone, LocalTime.parse(time));
  }

  /** Adds it to the database. */
  public UUID in(TestDatabase database) {
    UUID id = database.newId();
    database
        .dsl()
        .insertInto(CUSTOMER)
        .set(CUSTOMER.ID, id)
        .set(CUSTOMER.NAME, "Student")
        .set(CUSTOMER.LOCALE, "en")
        .set(CUSTOMER.ZONE, zone)
        .set(CUSTOMER.PREFERRED_TIME, preferredTime)
        .execute();
    return id;
  }
}
