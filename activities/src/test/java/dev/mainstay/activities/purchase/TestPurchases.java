package dev.mainstay.activities.purchase;

import static dev.mainstay.db.generated.Tables.ALLOCATION;
import static dev.mainstay.db.generated.Tables.COURSE_SESSION;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PURCHASE;

import dev.mainstay.activities.attention.AttentionStepsImpl;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.testing.TestClock;
import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.workflows.purchase.PurchaseSteps.Allocator;
import dev.mainstay.workflows.purchase.PurchaseSteps.Carrier;
import dev.mainstay.workflows.purchase.PurchaseSteps.Purchases;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseSteps.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The steps on a database of their own, at a time that the test sets: by default a Friday. */
public final class TestPurchases implements AutoCloseable {

  /** Friday morning, so that the first lessons are on Monday the 23rd. */
  public static final String FRIDAY = "2026-11-20T09:00:00Z";

  /** The first seven days of teaching from that Friday on. */
  public static final List<String> FIRST_SEVEN =
      List.of(
          "2026-11-23",
          "2026-11-24",
          "2026-11-25",
          "2026-11-26",
          "2026-11-27",
          "2026-11-30",
          "2026-12-01");

  /** Earns what the sessions in the table are completed of, as their completion would have. */
  static final String EARNED =
      """
      select record_earning(c.trainer_id, 'session', c.id, session_gross(v.amount_minor, a.sessions, c.ordinal), v.currency, c.delivered_at, 20, 'backend')
      from course_session c
      join allocation a on a.id = c.allocation_id
      join invoice v on v.purchase_id = a.purchase_id
      where c.status = 'completed'
      """;

  final TestDatabase database = TestDatabase.create();
  public final TestClock clock = new TestClock(FRIDAY);
  final AtomicInteger wakes = new AtomicInteger();
  public final PurchaseStepsImpl steps = steps(Allocator.BUILT_IN);
  public final AttentionStepsImpl attention =
      new AttentionStepsImpl(database.dsl(), database.transaction());

  /** The same steps where somebody gives the trainers. */
  PurchaseStepsImpl steps(Allocator allocator) {
    return new PurchaseStepsImpl(
        database.dsl(),
        database.transaction(),
        new PurchaseIntakeRows(database.dsl(), new Intake(database.dsl(), wakes::incrementAndGet)),
        clock,
        Optional.empty(),
        allocator);
  }

  @Override
  public void close() {
    database.close();
  }

  public TestDatabase database() {
    return database;
  }

  /** A student in UTC who prefers this time asks for the course. */
  public UUID request(UUID course, String time) {
    return TestRequest.of(TestStudent.living("UTC").in(database), course)
        .preferring(time)
        .in(database);
  }

  /** A purchase of a new student at 10:00 UTC that cost nothing and went well. */
  public UUID free(UUID course) {
    UUID purchase =
        TestRequest.of(TestStudent.living("UTC").in(database), course)
            .preferring("10:00")
            .paying(0)
            .in(database);
    if (!carry(List.of(purchase)).isEmpty()) {
      throw new IllegalStateException("refused");
    }
    return purchase;
  }

  /** As many students in UTC as asked ask for the course at 10:00. */
  public List<UUID> requests(int count, UUID course) {
    return IntStream.range(0, count).mapToObj(_ -> request(course, "10:00")).toList();
  }

  /** A course of 20 sessions of an hour. */
  public UUID course() {
    return TestCourse.ofSessions(20).in(database);
  }

  public Map<UUID, Reason> create(List<UUID> purchases) {
    return reasons(steps.create(batch(purchases)).refused());
  }

  public Map<UUID, Reason> allocate(List<UUID> purchases) {
    return reasons(steps.allocate(batch(purchases)).refused());
  }

  public Map<UUID, Reason> schedule(List<UUID> purchases) {
    return reasons(steps.schedule(batch(purchases)).refused());
  }

  public void cancel(List<UUID> purchases) {
    steps.cancel(alone(purchases));
  }

  /** All three steps; answers what was refused on the way. */
  public Map<UUID, Reason> carry(List<UUID> purchases) {
    var refused = create(purchases);
    var left = new ArrayList<>(purchases);
    left.removeAll(refused.keySet());
    refused.putAll(allocate(left));
    left.removeAll(refused.keySet());
    refused.putAll(schedule(left));
    return refused;
  }

  /** A purchase of a new student at 10:00 UTC that went well. */
  public UUID active(UUID course) {
    UUID purchase = request(course, "10:00");
    if (!carry(List.of(purchase)).isEmpty()) {
      throw new IllegalStateException("refused");
    }
    return purchase;
  }

  static Purchases batch(List<UUID> purchases) {
    return new Purchases(purchases, Carrier.BATCH);
  }

  public static Purchases alone(List<UUID> purchases) {
    return new Purchases(purchases, Carrier.ALONE);
  }

  public String status(UUID purchase) {
    return database
        .dsl()
        .select(PURCHASE.STATUS)
        .from(PURCHASE)
        .where(PURCHASE.ID.eq(purchase))
        .fetchSingle()
        .value1();
  }

  UUID trainer(UUID purchase) {
    return database
        .dsl()
        .select(ALLOCATION.TRAINER_ID)
        .from(ALLOCATION)
        .where(ALLOCATION.PURCHASE_ID.eq(purchase), ALLOCATION.STATUS.ne("ended"))
        .fetchSingle()
        .value1();
  }

  /** The scheduled sessions in their order, each as {@code 2026-11-23 10:00 2026-11-23T10:00Z}. */
  List<String> sessions(UUID purchase) {
    return database
        .dsl()
        .select(
            COURSE_SESSION.SCHEDULED_DATE, COURSE_SESSION.SCHEDULED_TIME, COURSE_SESSION.STARTS_AT)
        .from(COURSE_SESSION)
        .join(ALLOCATION)
        .on(ALLOCATION.ID.eq(COURSE_SESSION.ALLOCATION_ID))
        .where(ALLOCATION.PURCHASE_ID.eq(purchase), COURSE_SESSION.STATUS.eq("scheduled"))
        .orderBy(COURSE_SESSION.ORDINAL)
        .fetch(row -> row.value1() + " " + row.value2() + " " + row.value3());
  }

  /** The days of the scheduled sessions in their order. */
  public List<String> days(UUID purchase) {
    return sessions(purchase).stream().map(session -> session.substring(0, 10)).toList();
  }

  /** The purchases that were split off and run alone. */
  public List<UUID> splitOff() {
    return database
        .dsl()
        .select(INTAKE.BUSINESS_ID)
        .from(INTAKE)
        .where(INTAKE.KIND.eq("purchase-alone"))
        .orderBy(INTAKE.BUSINESS_ID)
        .fetch(INTAKE.BUSINESS_ID);
  }

  public int count(String from) {
    return database.dsl().fetchSingle("select count(*) from " + from).into(Integer.class);
  }

  /** The types of what happened to a subject, in order. */
  public List<String> events(UUID subject) {
    return database
        .dsl()
        .fetch("select type from event where subject_id = ? order by xid, id", subject)
        .getValues("type", String.class);
  }

  /** Does a thing several times at the same moment; the first failure fails the test. */
  public static <T> List<T> atOnce(int times, Callable<T> thing) {
    return atOnce(Stream.generate(() -> thing).limit(times).toList());
  }

  /** Does several things at the same moment; the first failure fails the test. */
  public static <T> List<T> atOnce(List<Callable<T>> things) {
    var start = new CyclicBarrier(things.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> begun =
          things.stream()
              .map(thing ->
                  threads.submit(() -> {
                    start.await();
                    return thing.call();
                  }))
              .toList();
      var done = new ArrayList<T>();
      for (Future<T> one : begun) {
        done.add(one.get());
      }
      return done;
    } catch (ExecutionException failure) {
      throw new AssertionError(failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static Map<UUID, Reason> reasons(List<Refusal> refused) {
    return refused.stream().collect(Collectors.toMap(Refusal::purchaseId, Refusal::reason));
  }
}
