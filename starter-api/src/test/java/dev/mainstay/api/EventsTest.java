package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import dev.mainstay.db.Sha256;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventsTest {

  private final TestApi api = TestApi.shared();
  private String start = "";

  @BeforeEach
  void readToTheEnd() {
    start = follow(null, 500, Role.AUDITOR).next();
  }

  @Test
  void anEventTellsWhatHappenedToWhat() throws SQLException {
    UUID subject = UUID.randomUUID();
    try (Writer writer = new Writer()) {
      writer.write("trainer.allocated", subject, "{\"trainerId\":\"t\"}");
      writer.commit();
    }

    JsonNode event = read(start, 10, Role.AUDITOR).at("/items/0");

    assertThat(event.path("id").asString()).hasSize(36);
    assertThat(event.path("type").asString()).isEqualTo("trainer.allocated");
    assertThat(event.path("subjectId").asString()).isEqualTo(subject.toString());
    assertThat(event.path("at").asString()).endsWith("Z");
    assertThat(event.path("correlationId").asString()).isEqualTo("c-1");
    assertThat(event.at("/body/trainerId").asString()).isEqualTo("t");
  }

  @Test
  void whoCommitsFirstIsNotReadBeforeWhoBeganFirst() throws SQLException {
    UUID early = UUID.randomUUID();
    UUID late = UUID.randomUUID();
    try (Writer first = new Writer();
        Writer second = new Writer()) {
      first.write("a.b", early, "{}");
      second.write("a.b", late, "{}");
      second.commit();

      Read held = follow(start, 1, Role.AUDITOR);
      assertThat(held.subjects()).isEmpty();
      assertThat(held.next()).isEqualTo(start);

      first.commit();
      assertThat(follow(held.next(), 1, Role.AUDITOR).subjects()).containsExactly(early, late);
    }
  }

  @Test
  void aLongTransactionHoldsTheLineAndNothingIsLost() throws SQLException {
    List<UUID> subjects = new ArrayList<>();
    try (Writer longOne = new Writer();
        Writer others = new Writer()) {
      others.writeAndCommit(subjects, 3);
      longOne.write("a.b", UUID.randomUUID(), "{}");
      List<UUID> before = List.copyOf(subjects);
      others.writeAndCommit(subjects, 5);

      Read held = follow(start, 2, Role.AUDITOR);
      assertThat(held.subjects()).isEqualTo(before);

      longOne.rollback();
      assertThat(follow(held.next(), 2, Role.AUDITOR).subjects())
          .isEqualTo(subjects.subList(before.size(), subjects.size()));
    }
  }

  @Test
  void whileOthersWriteEachEventIsReadOnceAndInTheOrderThatStays() throws Exception {
    ConcurrentLinkedQueue<UUID> written = new ConcurrentLinkedQueue<>();
    List<UUID> seen = new ArrayList<>();
    String position = start;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> writers =
          IntStream.range(0, 6).mapToObj(seed -> threads.submit(writer(seed, written))).toList();
      while (!writers.stream().allMatch(Future::isDone)) {
        Read read = follow(position, 7, Role.AUDITOR);
        seen.addAll(read.subjects());
        position = read.next();
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
    }
    seen.addAll(follow(position, 7, Role.AUDITOR).subjects());

    assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
    assertThat(follow(start, 500, Role.AUDITOR).subjects()).isEqualTo(seen);
  }

  @Test
  void oneTypeIsFollowedByItself() throws SQLException {
    String type = "only." + UUID.randomUUID();
    UUID one = UUID.randomUUID();
    UUID two = UUID.randomUUID();
    try (Writer writer = new Writer()) {
      writer.write(type, one, "{}");
      writer.write("other.type", UUID.randomUUID(), "{}");
      writer.write(type, two, "{}");
      writer.commit();
    }

    JsonNode first = get("?limit=1&type=" + type, Role.OPERATOR).expect(200).json();
    assertThat(subjects(first)).containsExactly(one);
    String next = first.path("next").asString();
    JsonNode second =
        get("?limit=1&type=" + type + "&after=" + next, Role.OPERATOR).expect(200).json();
    assertThat(subjects(second)).containsExactly(two);
    assertThat(get("?type=no.such", Role.OPERATOR).expect(200).json().path("items")).isEmpty();
  }

  @Test
  void anEmptyPageTellsWhereToGoOn() {
    JsonNode page = read(start, 5, Role.FINANCE);
    assertThat(page.path("items")).isEmpty();
    assertThat(page.path("next").asString()).isEqualTo(start);
  }

  @Test
  void aPositionThatWasNeverGivenIsRefused() {
    for (String after :
        List.of(
            "x",
            UUID.randomUUID().toString(),
            "99999999999999999999-00000000-0000-7000-8000-000000000000",
            // ahead of every transaction: this database was restored, or it is another's
            "18446744073709551615-00000000-0000-7000-8000-000000000000")) {
      Answer refused = get("?after=" + after, Role.AUDITOR).expect(400);
      assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/after");
    }
    assertThat(
            get("?limit=501", Role.AUDITOR).expect(400).json().at("/errors/0/pointer").asString())
        .isEqualTo("/limit");
    assertThat(get("?type=%00", Role.AUDITOR).expect(400).json().at("/errors/0/pointer").asString())
        .isEqualTo("/type");
  }

  @Test
  void aStarterFollowsWhatItBroughtAndWhatWebhooksBrought() throws SQLException {
    UUID own = takenIn("owner-of-starter");
    UUID byWebhook = takenIn(null);
    UUID anothers = takenIn("somebody-else");
    UUID ownSession = UUID.randomUUID();
    try (Writer writer = new Writer()) {
      for (UUID subject : List.of(anothers, own, byWebhook)) {
        writer.write("purchase.created", subject, "{}");
      }
      writer.write("session.completed", ownSession, "{\"purchaseId\":\"" + own + "\"}");
      writer.write("session.completed", UUID.randomUUID(), "{\"purchaseId\":\"" + anothers + "\"}");
      writer.write("session.completed", UUID.randomUUID(), "{\"purchaseId\":\"no id\"}");
      writer.write("payout.paid", UUID.randomUUID(), "{}");
      writer.commit();
    }

    for (int limit : new int[] {1, 2, 500}) {
      Read read = follow(start, limit, Role.STARTER);
      assertThat(read.subjects()).containsExactly(own, byWebhook, ownSession);
      assertThat(read.next()).isEqualTo(follow(start, 500, Role.AUDITOR).next());
    }
    assertThat(follow(start, 500, Role.AUDITOR).subjects()).hasSize(7);
  }

  private Callable<Void> writer(int seed, ConcurrentLinkedQueue<UUID> written) {
    return () -> {
      Random random = new Random(seed);
      try (Writer writer = new Writer()) {
        for (int i = 0; i < 40; i++) {
          List<UUID> subjects = new ArrayList<>();
          int events = 1 + random.nextInt(4);
          for (int n = 0; n < events; n++) {
            UUID subject = UUID.randomUUID();
            writer.write("a.b", subject, "{}");
            subjects.add(subject);
          }
          if (random.nextInt(5) == 0) {
            writer.rollback();
          } else {
            writer.commit();
            written.addAll(subjects);
          }
        }
      }
      return null;
    };
  }

  private UUID takenIn(@Nullable String client) {
    UUID id = UUID.randomUUID();
    String body =
        """
        {"provider":"events-test","providerPaymentId":"%1$s","studentId":"%1$s","courseId":"%1$s","amountMinor":1,"currency":"EUR"}\
        """
            .formatted(id);
    api.database()
        .dsl()
        .insertInto(INTAKE)
        .set(INTAKE.KIND, "purchase")
        .set(INTAKE.SOURCE, "events-test")
        .set(INTAKE.KEY, id.toString())
        .set(INTAKE.BODY_HASH, Sha256.of(body))
        .set(INTAKE.BUSINESS_ID, id)
        .set(INTAKE.BODY, JSONB.valueOf(body))
        .set(INTAKE.CLIENT, client)
        .set(INTAKE.CORRELATION_ID, "c")
        .execute();
    return id;
  }

  /** Page by page, until there is nothing more. */
  private Read follow(@Nullable String after, int limit, Role role) {
    List<UUID> subjects = new ArrayList<>();
    String position = after;
    while (true) {
      JsonNode page = read(position, limit, role);
      subjects.addAll(subjects(page));
      assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
      String next = page.path("next").asString();
      if (next.equals(position) || (position == null && page.path("items").isEmpty())) {
        return new Read(subjects, next);
      }
      position = next;
    }
  }

  private JsonNode read(@Nullable String after, int limit, Role role) {
    return get("?limit=" + limit + (after == null ? "" : "&after=" + after), role)
        .expect(200)
        .json();
  }

  private Answer get(String query, Role role) {
    return api.call("GET", "/api/v1/events" + query).key(api.key(role)).send();
  }

  private static List<UUID> subjects(JsonNode page) {
    return page.path("items")
        .valueStream()
        .map(item -> UUID.fromString(item.path("subjectId").asString()))
        .toList();
  }

  private record Read(List<UUID> subjects, String next) {}

  /** One transaction after the other, each open until the test ends it. */
  private final class Writer implements AutoCloseable {

    private final Connection connection =
        DriverManager.getConnection(api.database().url("mainstay_app"));

    Writer() throws SQLException {
      connection.setAutoCommit(false);
    }

    void write(String type, UUID subject, String body) throws SQLException {
      try (var insert =
          connection.prepareStatement(
              "insert into event (type, subject_id, correlation_id, body) values (?, ?, 'c-1', ?::jsonb)")) {
        insert.setString(1, type);
        insert.setObject(2, subject);
        insert.setString(3, body);
        insert.execute();
      }
    }

    void writeAndCommit(List<UUID> subjects, int count) throws SQLException {
      for (int i = 0; i < count; i++) {
        UUID subject = UUID.randomUUID();
        write("a.b", subject, "{}");
        commit();
        subjects.add(subject);
      }
    }

    void commit() throws SQLException {
      connection.commit();
    }

    void rollback() throws SQLException {
      connection.rollback();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
