package dev.mainstay.activities.session;

import static dev.mainstay.activities.purchase.TestPurchases.FIRST_SEVEN;
import static dev.mainstay.activities.purchase.TestPurchases.atOnce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.PagePlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTopUpStepsTest {

  /** Three sessions of the first seven are still to come. */
  private static final String THREE_LEFT = "2026-11-26T12:00:00Z";

  /** Two are. */
  private static final String TWO_LEFT = "2026-11-27T12:00:00Z";

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database();
  private final UUID course = TestCourse.ofSessions(20).in(database);
  private final AtomicInteger statements = new AtomicInteger();

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @Test
  void threeFutureSessionsAreEnough() {
    UUID id = active();
    purchases.clock.set(THREE_LEFT);

    assertThat(sweep(500)).isEqualTo(counts(1, 0, 0));

    assertThat(purchases.days(id)).isEqualTo(FIRST_SEVEN);
  }

  @Test
  void twoAreFilledUpToSeven() {
    UUID id = active();
    purchases.clock.set(TWO_LEFT);

    assertThat(sweep(500)).isEqualTo(counts(1, 1, 5));

    assertThat(purchases.days(id))
        .hasSize(12)
        .startsWith(FIRST_SEVEN.toArray(String[]::new))
        .endsWith("2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08");
  }

  @Test
  void neverMoreThanTheCourseHasLeft() {
    UUID nine = TestCourse.ofSessions(9).in(database);
    TestTrainer.teaching(nine).in(database);
    UUID id = purchases.active(nine);
    purchases.clock.set("2026-12-05T12:00:00Z");

    assertThat(sweep(500)).isEqualTo(counts(1, 1, 2));
    purchases.clock.set("2026-12-08T12:00:00Z");
    assertThat(sweep(500)).as("nothing is left to be given").isEqualTo(counts(1, 0, 0));

    assertThat(purchases.days(id)).hasSize(9);
  }

  @Test
  void aCancelledSessionIsMadeUpWithItsOrdinal() {
    active();
    database
        .dsl()
        .execute("update course_session set status = 'cancelled' where ordinal in (3, 7)");
    purchases.clock.set(TWO_LEFT);

    assertThat(sweep(500)).isEqualTo(counts(1, 1, 6));

    assertThat(
            database
                .dsl()
                .fetch("select ordinal from course_session where status = 'scheduled' order by 1")
                .getValues("ordinal", Integer.class))
        .isEqualTo(IntStream.rangeClosed(1, 11).boxed().toList());
  }

  @Test
  void theSecondTimeNothingIsLeftToDo() {
    IntStream.range(0, 5).forEach(_ -> active());
    purchases.clock.set(TWO_LEFT);
    sweep(500);
    Map<String, List<String>> after = database.contents();

    assertThat(sweep(500)).isEqualTo(counts(5, 0, 0));

    assertThat(database.contents()).isEqualTo(after);
  }

  @Test
  void leavesWhatIsNotActiveAlone() {
    UUID cancelled = active();
    purchases.cancel(List.of(cancelled));
    TestTrainer.teaching(course).upTo(1).in(database);
    List<UUID> pending = purchases.requests(1, course);
    purchases.create(pending);
    purchases.allocate(pending);
    purchases.clock.set(TWO_LEFT);

    assertThat(sweep(500)).isEqualTo(counts(0, 0, 0));

    assertThat(purchases.status(pending.getFirst())).isEqualTo("pending");
    assertThat(purchases.schedule(pending)).isEmpty();
  }

  @Test
  void pagesCoverEachAllocationOnceWhateverTheirSize() {
    IntStream.range(0, 23).forEach(_ -> active());
    UUID other = TestCourse.ofSessions(20).in(database);
    TestTrainer.teaching(other).in(database);
    for (String time : List.of("08:00", "12:00", "14:00", "16:00")) {
      purchases.carry(List.of(purchases.request(other, time)));
    }
    purchases.clock.set("2026-11-27T18:00:00Z");

    assertThat(sweep(3)).isEqualTo(counts(27, 27, 135));

    PagePlan plan = steps(3).plan(null);
    assertThat(plan.last()).isTrue();
    assertThat(plan.cuts().stream().mapToInt(PagePlan.PageBoundary::items).sum()).isEqualTo(27);
    assertThat(plan.cuts()).allMatch(cut -> cut.items() <= 6);
    assertThat(steps(3).plan(plan.cuts().getLast().upTo()).cuts()).isEmpty();
  }

  @Test
  void aLateRunPlansNothingInThePast() {
    UUID id = active();
    purchases.clock.set("2026-12-10T12:00:00Z");

    Instant missed = Instant.parse("2026-11-28T06:00:00Z");
    steps(500).topUp(all(500), missed);

    assertThat(purchases.days(id).subList(7, 14)).startsWith("2026-12-11", "2026-12-14").hasSize(7);
  }

  @Test
  void aPurchaseThatCannotBeToppedUpHoldsUpNoOther() {
    List<UUID> ids = IntStream.range(0, 60).mapToObj(_ -> active()).toList();
    UUID poison = ids.get(7);
    database
        .admin()
        .execute(
            """
            create function poison() returns trigger language plpgsql as
              $$ begin raise 'a poisoned row'; end $$;
            create trigger poison before insert on course_session for each row
              when (new.allocation_id = '%s') execute function poison();
            """
                .formatted(allocation(poison)));
    purchases.clock.set(TWO_LEFT);

    PageOutcome outcome = steps(500).topUp(all(500), purchases.clock.instant());

    assertThat(outcome.counts()).isEqualTo(counts(60, 59, 59 * 5));
    assertThat(outcome.failed())
        .isEqualTo("1 purchases were not topped up, as " + poison + ": a poisoned row");
    assertThat(purchases.days(poison)).hasSize(7);

    database.admin().execute("drop trigger poison on course_session");
    assertThat(steps(500).topUp(all(500), purchases.clock.instant()))
        .isEqualTo(new PageOutcome(counts(60, 1, 5), null));
  }

  @Test
  void aPageIsOneStatementAndCommitsAsItGoes() {
    IntStream.range(0, 120).forEach(_ -> active());
    purchases.clock.set(TWO_LEFT);
    KeyRange page = all(500);
    statements.set(0);

    assertThat(steps(500).topUp(page, purchases.clock.instant()).counts())
        .isEqualTo(counts(120, 120, 600));

    assertThat(statements).hasValue(1);
    assertThat(
            database
                .dsl()
                .fetchSingle(
                    "select count(distinct xmin::text) from course_session where ordinal > 7")
                .into(Integer.class))
        .as("transactions")
        .isEqualTo(3);
  }

  @Test
  void sweepsAndPurchasesAtOnceDoNothingTwice() {
    List<UUID> ids = IntStream.range(0, 60).mapToObj(_ -> active()).toList();
    purchases.clock.set(TWO_LEFT);
    KeyRange page = all(500);
    List<Callable<Boolean>> things = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      things.add(() -> steps(500).topUp(page, purchases.clock.instant()).failed() == null);
      things.add(() -> purchases.schedule(ids.reversed()).isEmpty());
    }

    assertThat(atOnce(things)).containsOnly(true);

    assertThat(ids).allMatch(id -> purchases.days(id).size() == 12);
  }

  private UUID active() {
    TestTrainer.teaching(course).upTo(1).in(database);
    return purchases.active(course);
  }

  private UUID allocation(UUID purchase) {
    return database
        .dsl()
        .fetchSingle("select id from allocation where purchase_id = ?", purchase)
        .into(UUID.class);
  }

  /** Goes over all pages, as the sweep does. */
  private Counts sweep(int pageSize) {
    SessionTopUpStepsImpl steps = steps(pageSize);
    Counts counts = counts(0, 0, 0);
    @Nullable String after = null;
    for (PagePlan.PageBoundary cut : steps.plan(null).cuts()) {
      PageOutcome page = steps.topUp(new KeyRange(after, cut.upTo()), purchases.clock.instant());
      assertThat(page.failed()).isNull();
      counts = counts.plus(page.counts());
      after = cut.upTo();
    }
    return counts;
  }

  private KeyRange all(int pageSize) {
    return new KeyRange(null, steps(pageSize).plan(null).cuts().getLast().upTo());
  }

  private static Counts counts(long allocations, long toppedUp, long sessions) {
    return Counts.of("allocations", allocations)
        .plus(Counts.of("toppedUp", toppedUp))
        .plus(Counts.of("sessions", sessions));
  }

  private SessionTopUpStepsImpl steps(int pageSize) {
    var counted =
        database.dsl().configuration().derive(new DefaultExecuteListenerProvider(new Statements()));
    return new SessionTopUpStepsImpl(
        DSL.using(counted), purchases.clock, new SessionTopUp(3, 7, pageSize));
  }

  private final class Statements implements ExecuteListener {
    private static final long serialVersionUID = 1;

    @Override
    public void executeStart(ExecuteContext context) {
      statements.incrementAndGet();
    }
  }
}
