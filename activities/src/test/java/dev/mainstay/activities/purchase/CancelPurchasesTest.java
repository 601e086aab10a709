package dev.mainstay.activities.purchase;

import static dev.mainstay.activities.purchase.TestPurchases.FIRST_SEVEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancelPurchasesTest {

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database;
  private final UUID course = purchases.course();
  private final UUID trainer = TestTrainer.teaching(course).upTo(1).in(database);

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @Test
  void freesThePlaceAndCancelsWhatIsToCome() {
    UUID id = purchases.active(course);
    purchases.clock.set("2026-11-24T12:00:00Z");

    purchases.cancel(List.of(id));

    assertThat(purchases.status(id)).isEqualTo("cancelled");
    assertThat(purchases.days(id)).isEqualTo(FIRST_SEVEN.subList(0, 2));
    assertThat(purchases.count("course_session where status = 'cancelled'")).isEqualTo(5);
    assertThat(TestTrainer.load(database, trainer)).isZero();
    assertThat(purchases.count("allocation where status = 'ended'")).isEqualTo(1);
    assertThat(purchases.events(id)).endsWith("purchase.cancelled");
  }

  @Test
  void changesNothingTheSecondTime() {
    UUID id = purchases.active(course);
    purchases.cancel(List.of(id));
    Map<String, List<String>> after = database.contents();

    purchases.cancel(List.of(id));

    assertThat(database.contents()).isEqualTo(after);
  }

  @Test
  void theFreedPlaceGoesToWhoWaits() {
    UUID held = purchases.active(course);
    UUID waiting = purchases.request(course, "10:00");
    assertThat(purchases.carry(List.of(waiting)))
        .containsExactly(entry(waiting, Reason.NO_TRAINER));

    purchases.cancel(List.of(held));

    assertThat(purchases.carry(List.of(waiting))).isEmpty();
    assertThat(purchases.trainer(waiting)).isEqualTo(trainer);
    assertThat(purchases.days(waiting)).isEqualTo(FIRST_SEVEN);
  }

  @Test
  void theStudentMayBuyTheCourseAgain() {
    UUID student = TestStudent.living("UTC").in(database);
    UUID first = TestRequest.of(student, course).in(database);
    assertThat(purchases.carry(List.of(first))).isEmpty();
    purchases.cancel(List.of(first));

    UUID second = TestRequest.of(student, course).in(database);

    assertThat(purchases.carry(List.of(second))).isEmpty();
    assertThat(purchases.days(second)).isEqualTo(FIRST_SEVEN);
    assertThat(purchases.status(first)).isEqualTo("cancelled");
  }

  @Test
  void endsAPurchaseInWhateverStepItIs() {
    UUID created = purchases.request(course, "10:00");
    purchases.create(List.of(created));
    UUID allocated = purchases.request(course, "12:00");
    purchases.create(List.of(allocated));
    purchases.allocate(List.of(allocated));
    UUID unknown = TestRequest.of(database.newId(), course).in(database);
    purchases.create(List.of(unknown));

    purchases.cancel(List.of(created, allocated, unknown));

    assertThat(purchases.status(created)).isEqualTo("cancelled");
    assertThat(purchases.status(allocated)).isEqualTo("cancelled");
    assertThat(purchases.events(unknown)).containsExactly("purchase.cancelled");
    assertThat(TestTrainer.load(database, trainer)).isZero();
    assertThat(purchases.schedule(List.of(created, allocated)))
        .containsOnly(entry(created, Reason.ENDED), entry(allocated, Reason.ENDED));
  }

  @Test
  void whatIsCompletedStaysSo() {
    UUID id = purchases.active(course);
    var admin = database.admin();
    admin.execute(
        """
        update course_session set status = 'completed', delivered_at = starts_at;
        insert into event (type, subject_id, correlation_id) select 'session.completed', id, '' from course_session;
        update allocation set sessions = 7, status = 'ended', ended_at = now();
        update trainer set load = 0;
        update purchase set status = 'completed';
        """);
    admin.execute(TestPurchases.EARNED);

    purchases.cancel(List.of(id));

    assertThat(purchases.status(id)).isEqualTo("completed");
    assertThat(purchases.events(id)).doesNotContain("purchase.cancelled");
  }
}
