package dev.mainstay.sandbox.demo;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.datafaker.Faker;
import org.postgresql.PGConnection;

/**
 * A marketplace to play with: the same for the same seed, ids included. Sized so that 20,000
 * purchases find a trainer: preferred times lie on every half hour of the day, as a trainer has one
 * student per time of day.
 */
public final class DemoData {

  /** The seed of {@code ./mainstay up}. */
  public static final long SEED = 20_260_101;

  private static final int COURSES = 100;
  private static final int TRAINERS = 1_000;
  private static final int STUDENTS = 10_000;
  private static final int COURSES_OF_A_TRAINER = 10;
  private static final int CAPACITY = 40;

  /** How many trainers have delivered, and are owed money. */
  private static final int DELIVERING = 60;

  private static final int DELIVERIES = 200;

  /** Of any payroll period that ends later. */
  private static final Instant DELIVERED_FROM = Instant.parse("2026-01-05T08:00:00Z");

  private static final int COMMISSION_PERCENT = 20;

  /** Apart from UTC by whole or half hours, so that half-hour lessons lie side by side. */
  private static final List<String> ZONES =
      List.of(
          "America/Los_Angeles",
          "America/New_York",
          "America/Sao_Paulo",
          "Europe/London",
          "Europe/Berlin",
          "Africa/Nairobi",
          "Asia/Kolkata",
          "Asia/Tokyo",
          "Australia/Sydney");

  private static final List<String> CURRENCIES = List.of("USD", "EUR", "GBP");
  private static final List<String> LEVELS =
      List.of("Beginners", "Intermediate", "Advanced", "Exam");
  private static final List<String> SUBJECTS =
      List.of(
          "English",
          "Spanish",
          "French",
          "German",
          "Japanese",
          "Arabic",
          "Piano",
          "Guitar",
          "Violin",
          "Singing",
          "Drawing",
          "Photography",
          "Chess",
          "Yoga",
          "Swimming",
          "Tennis",
          "Mathematics",
          "Physics",
          "Chemistry",
          "Biology",
          "History",
          "Writing",
          "Cooking",
          "Sewing",
          "Programming");

  private final long seed;
  private final Random random;
  private final Faker faker;

  private DemoData(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.faker = new Faker(Locale.ENGLISH, random);
  }

  /** Loads it into an empty database, in one transaction; does nothing where there are courses. */
  public static void load(Connection connection, long seed) throws SQLException {
    try (var statement = connection.createStatement();
        var course = statement.executeQuery("select from course limit 1")) {
      if (course.next()) {
        return;
      }
    }
    connection.setAutoCommit(false);
    new DemoData(seed).copyTo(connection);
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** The id of the nth course, trainer or student, counted from 0. */
  public static UUID id(long seed, String kind, int n) {
    return UUID.nameUUIDFromBytes((seed + "/" + kind + "/" + n).getBytes(StandardCharsets.UTF_8));
  }

  private void copyTo(Connection connection) throws SQLException {
    copy(
        connection,
        "course (id, title, sessions, session_minutes, price_minor, currency)",
        COURSES,
        this::course);
    copy(
        connection,
        "vendor (id, name, email, phone, locale, zone, cadence, currency, payout_account)",
        TRAINERS,
        this::vendor);
    copy(
        connection,
        "trainer (vendor_id, capacity)",
        TRAINERS,
        n -> row(id("trainer", n), CAPACITY));
    copy(
        connection,
        "trainer_course (course_id, trainer_id)",
        TRAINERS * COURSES_OF_A_TRAINER,
        this::trainerCourse);
    copy(
        connection,
        "trainer_holiday (trainer_id, day)",
        TRAINERS,
        n -> row(id("trainer", n), "2027-12-%02d".formatted(1 + random.nextInt(28))));
    copy(
        connection,
        "customer (id, name, email, phone, locale, zone, preferred_time)",
        STUDENTS,
        this::student);
    copy(
        connection,
        "booking (id, customer_id, vendor_id, service, starts_at, zone, price_minor, currency, status, paid_at, delivered_at, imported, client, correlation_id)",
        DELIVERIES,
        this::delivery);
    earn(connection);
  }

  /** Adds the earnings of deliveries. */
  private static void earn(Connection connection) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "select record_earning(vendor_id, 'booking', id, price_minor, currency, delivered_at, ?, client) from booking order by delivered_at")) {
      statement.setBigDecimal(1, BigDecimal.valueOf(COMMISSION_PERCENT));
      statement.execute();
    }
  }

  private String course(int n) {
    String title = SUBJECTS.get(n % SUBJECTS.size()) + ", " + LEVELS.get(n / SUBJECTS.size());
    int sessions = 10 + random.nextInt(31);
    return row(id("course", n), title, sessions, 30, 1_500L * sessions, CURRENCIES.get(n % 3));
  }

  private String vendor(int n) {
    return row(
        id("trainer", n),
        name(),
        "trainer%d@example.com".formatted(n),
        "+1555%07d".formatted(n),
        "en",
        ZONES.get(n % ZONES.size()),
        n % 2 == 0 ? "weekly" : "monthly",
        CURRENCIES.get(n % 3),
        "acct_demo%04d".formatted(n));
  }

  /** Ten courses each, neighbours on the list, so that every course has a hundred trainers. */
  private String trainerCourse(int n) {
    int trainer = n / COURSES_OF_A_TRAINER;
    int course = (trainer + n % COURSES_OF_A_TRAINER) % COURSES;
    return row(id("course", course), id("trainer", trainer));
  }

  private String student(int n) {
    int halfHour = random.nextInt(48);
    return row(
        id("student", n),
        name(),
        "student%d@example.com".formatted(n),
        "+1556%07d".formatted(n),
        "en",
        ZONES.get(random.nextInt(ZONES.size())),
        "%02d:%02d".formatted(halfHour / 2, halfHour % 2 * 30));
  }

  /** An hour after the one before; of some vendors so few that they are carried. */
  private String delivery(int n) {
    int vendor = Math.min(random.nextInt(DELIVERING), random.nextInt(DELIVERING));
    Instant at = DELIVERED_FROM.plus(n, ChronoUnit.HOURS);
    return row(
        id("delivery", n),
        id("student", random.nextInt(STUDENTS)),
        id("trainer", vendor),
        SUBJECTS.get(n % SUBJECTS.size()) + ", trial lesson",
        at,
        ZONES.get(vendor % ZONES.size()),
        1_500 + 100 * random.nextInt(40),
        CURRENCIES.get(vendor % 3),
        "completed",
        at,
        at.plus(1, ChronoUnit.HOURS),
        true,
        "demo",
        "demo");
  }

  private String name() {
    return faker.name().firstName() + " " + faker.name().lastName();
  }

  private UUID id(String kind, int n) {
    return id(seed, kind, n);
  }

  private static String row(Object... values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> values[i].toString())
        .collect(Collectors.joining("\t", "", "\n"));
  }

  private static void copy(Connection connection, String into, int rows, IntFunction<String> rowOf)
      throws SQLException {
    String text = IntStream.range(0, rows).mapToObj(rowOf).collect(Collectors.joining());
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy " + into + " from stdin", new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
