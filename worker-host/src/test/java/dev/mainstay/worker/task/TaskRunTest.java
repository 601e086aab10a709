package dev.mainstay.worker.task;

import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.DOWNLOAD_PART;
import static dev.mainstay.db.generated.Tables.LINK_TOKEN;
import static dev.mainstay.db.generated.Tables.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.activities.notification.gateway.Delivery;
import dev.mainstay.activities.notification.gateway.Email;
import dev.mainstay.activities.notification.gateway.EmailGateway;
import dev.mainstay.db.Sha256;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeRow;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.worker.WorkerHostApplication;
import dev.mainstay.worker.observation.TestTemporal;
import dev.mainstay.workflows.task.TaskType;
import dev.mainstay.workflows.task.TaskWorkflow;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A host as in production does tasks to their end, on a Temporal server for tests. */
class TaskRunTest {

  private static final Duration SECONDS = Duration.ofSeconds(30);
  private static final Path LOG = Path.of("target", "task-run.log");
  private static final String NAME = "Zelda Planted";
  private static final String ADDRESS = "zelda.planted@example.com";
  private static final Queue<Email> mails = new ConcurrentLinkedQueue<>();

  static TestDatabase database;
  static TestTemporal temporal;
  static ConfigurableApplicationContext host;

  @BeforeAll
  static void up() throws IOException {
    Files.deleteIfExists(LOG);
    database = TestDatabase.create();
    temporal = new TestTemporal();
    EmailGateway mailbox =
        email -> {
          mails.add(email);
          return new Delivery.Accepted("mail-" + email.messageId());
        };
    SpringApplication application = new SpringApplication(WorkerHostApplication.class);
    application.addInitializers(context ->
        ((GenericApplicationContext) context)
            .registerBean("mailbox", EmailGateway.class, () -> mailbox));
    host =
        application.run(
            "--DATABASE_URL=" + database.url("mainstay_app"),
            "--TEMPORAL_ADDRESS=" + temporal.address(),
            "--server.port=0",
            "--mainstay.messages.download-url=https://shop.example/files/{token}",
            "--mainstay.messages.password-reset-url=https://shop.example/password/{token}",
            "--logging.file.name=" + LOG);
  }

  @AfterAll
  static void close() {
    host.close();
    temporal.close();
    database.close();
  }

  @Test
  void aWelcomeIsSent() {
    UUID task = take(TaskType.WELCOME_EMAIL);

    awaitCompleted(task);
    assertThat(mails).anySatisfy(mail -> assertThat(mail.to()).isEqualTo(address(task)));
  }

  @Test
  void theLinkOfAnExportLeadsToItsFileAndStandsNowhereElse() throws IOException {
    UUID task = take(TaskType.USER_DATA_EXPORT);

    awaitCompleted(task);
    String token = token(task, "https://shop\\.example/files/([A-Za-z0-9_-]{43})");
    assertThat(
            database
                .dsl()
                .fetchExists(
                    LINK_TOKEN,
                    LINK_TOKEN.HASH.eq(Sha256.of(token)).and(LINK_TOKEN.TASK_ID.eq(task))))
        .isTrue();
    assertThat(database.dsl().fetchExists(DOWNLOAD_PART, DOWNLOAD_PART.TASK_ID.eq(task))).isTrue();
    assertThat(everythingButTheMail(task)).doesNotContain(token);
  }

  @Test
  void aResetTokenStandsInItsMailAlone() throws IOException {
    UUID task = take(TaskType.PASSWORD_RESET_EMAIL);

    awaitCompleted(task);
    String token = token(task, "https://shop\\.example/password/([A-Za-z0-9_-]{43})");
    assertThat(everythingButTheMail(task)).doesNotContain(token, NAME, address(task));
  }

  private static UUID take(TaskType type) {
    UUID customer = TestStudent.living("Europe/Berlin").in(database);
    database
        .dsl()
        .update(CUSTOMER)
        .set(CUSTOMER.NAME, NAME)
        .set(CUSTOMER.EMAIL, customer + "." + ADDRESS)
        .where(CUSTOMER.ID.eq(customer))
        .execute();
    UUID task = database.newId();
    var intake = new Intake(database.dsl(), () -> {});
    database
        .transaction()
        .executeWithoutResult(_ -> {
          database
              .dsl()
              .insertInto(TASK)
              .set(TASK.ID, task)
              .set(TASK.TYPE, type.text())
              .set(TASK.CUSTOMER_ID, customer)
              .set(TASK.PRIORITY, "high")
              .set(TASK.MAX_RETRIES, (short) 3)
              .set(TASK.CLIENT, "market")
              .set(TASK.CORRELATION_ID, "correlation")
              .execute();
          intake.take(
              new IntakeRow(
                  TaskWorkflow.NAME,
                  TaskWorkflow.NAME,
                  task.toString(),
                  task,
                  """
                  {"type":"%s","customerId":"%s","priority":"high","maxRetries":3,"timeoutSeconds":3600}\
                  """
                      .formatted(type.text(), customer),
                  "market",
                  "correlation"));
        });
    return task;
  }

  private static void awaitCompleted(UUID task) {
    await()
        .atMost(SECONDS)
        .until(() ->
            database.dsl().fetchExists(TASK, TASK.ID.eq(task).and(TASK.STATUS.eq("completed"))));
  }

  private static String address(UUID task) {
    return database
        .dsl()
        .select(CUSTOMER.EMAIL)
        .from(TASK)
        .join(CUSTOMER)
        .on(CUSTOMER.ID.eq(TASK.CUSTOMER_ID))
        .where(TASK.ID.eq(task))
        .fetchSingle()
        .value1();
  }

  private static String token(UUID task, String link) {
    String text =
        mails.stream()
            .filter(mail -> mail.to().equals(address(task)))
            .map(Email::text)
            .findFirst()
            .orElseThrow();
    var found = Pattern.compile(link).matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }

  /** The run's history, what was logged, and the tables but for the person's own row. */
  private static String everythingButTheMail(UUID task) throws IOException {
    var tables = database.contents();
    tables.remove("customer");
    return host.getBean(WorkflowClient.class)
            .fetchHistory(TaskWorkflow.id(task))
            .getEvents()
            .toString()
        + Files.readString(LOG)
        + tables;
  }
}
