package dev.mainstay.worker.purchase;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.worker.WorkerHostApplication;
import dev.mainstay.worker.observation.TestTemporal;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The cost of a purchase in a whole host is the same alone and with fifty in a claim. A change that
 * makes it dearer has to change a number here.
 */
class PurchaseBudgetTest {

  /** Create two, allocate one, schedule one. */
  private static final int STATEMENTS_OF_A_RUN = 4;

  private static final int COMMITS_OF_A_RUN = 3;

  /** Started, three of the one workflow task, a marker for each step, completed. */
  private static final int EVENTS_OF_A_RUN = 8;

  static TestDatabase database;
  static TestTemporal temporal;
  static ConfigurableApplicationContext host;
  static UUID alone;
  static List<UUID> fifty;

  @BeforeAll
  static void carryFiftyInAClaimAndOneAlone() throws IOException {
    database = TestDatabase.create();
    temporal = new TestTemporal();
    UUID course = TestCourse.ofSessions(10).in(database);
    for (int i = 0; i < 51; i++) {
      TestTrainer.teaching(course).in(database);
    }
    // Accepted while no host is running, so that one claim takes them all.
    fifty =
        Stream.generate(() -> request(course)).limit(PurchaseBatchWorkflow.MAX_BATCH_SIZE).toList();
    host =
        new SpringApplication(WorkerHostApplication.class, DatabaseWork.class)
            .run(
                "--DATABASE_URL=" + database.url("mainstay_app"),
                "--TEMPORAL_ADDRESS=" + temporal.address(),
                "--server.port=0",
                "--mainstay.worker.modules=purchase");
    assertThat(awaitResult(fifty.getFirst()).completed()).isEqualTo(fifty.size());
    alone = request(course);
    assertThat(awaitResult(alone).completed()).isEqualTo(1);
  }

  @AfterAll
  static void close() {
    host.close();
    temporal.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, PurchaseBatchWorkflow.MAX_BATCH_SIZE})
  void aRunKeepsToItsBudget(int purchases) {
    String run = runOf(purchases == 1 ? alone : fifty.getFirst());
    DatabaseWork work = host.getBean(DatabaseWork.class);
    List<HistoryEvent> history = host.getBean(WorkflowClient.class).fetchHistory(run).getEvents();

    assertThat(work.statements(run)).as("statements of a run").hasSize(STATEMENTS_OF_A_RUN);
    assertThat(work.commits(run)).as("commits of a run").isEqualTo(COMMITS_OF_A_RUN);
    assertThat(history)
        .extracting(HistoryEvent::getEventType)
        .as("events of a run")
        .hasSize(EVENTS_OF_A_RUN);
  }

  @Test
  void aClaimIsOneStatementAndOneCommit() {
    DatabaseWork work = host.getBean(DatabaseWork.class);

    assertThat(work.statements(DatabaseWork.DRAINER)).as("statements of two claims").hasSize(2);
    assertThat(work.commits(DatabaseWork.DRAINER)).as("commits of two claims").isEqualTo(2);
  }

  @Test
  void aRunIsTwoRoundTripsToTemporal() {
    Map<String, Integer> calls = temporal.calls();
    calls
        .keySet()
        .removeIf(
            call -> call.matches("(Poll|Get|List|Describe|Check|Add|RecordWorkerHeartbeat).*"));

    assertThat(calls)
        .as("calls for two runs, without polls, reads and what a host does once")
        .isEqualTo(Map.of("StartWorkflowExecution", 2, "RespondWorkflowTaskCompleted", 2));
  }

  private static UUID request(UUID course) {
    return TestRequest.of(TestStudent.living("Europe/Berlin").in(database), course).in(database);
  }

  private static PurchaseBatchWorkflow.Result awaitResult(UUID purchase) {
    Condition isBegun = INTAKE.BUSINESS_ID.eq(purchase).and(INTAKE.DONE_AT.isNotNull());
    await().atMost(Duration.ofSeconds(30)).until(() -> database.dsl().fetchExists(INTAKE, isBegun));
    return host.getBean(WorkflowClient.class)
        .newUntypedWorkflowStub(runOf(purchase))
        .getResult(PurchaseBatchWorkflow.Result.class);
  }

  private static String runOf(UUID purchase) {
    return PurchaseBatchWorkflow.id(
        requireNonNull(
            database
                .dsl()
                .select(INTAKE.CLAIM_ID)
                .from(INTAKE)
                .where(INTAKE.BUSINESS_ID.eq(purchase))
                .fetchSingle(INTAKE.CLAIM_ID)));
  }
}
