package dev.mainstay.activities.task;

import static dev.mainstay.activities.purchase.TestPurchases.atOnce;
import static dev.mainstay.db.generated.Tables.CONSENT;
import static dev.mainstay.db.generated.Tables.DOWNLOAD;
import static dev.mainstay.db.generated.Tables.EVENT;
import static dev.mainstay.db.generated.Tables.LINK_TOKEN;
import static dev.mainstay.db.generated.Tables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.notification.gateway.Delivery;
import dev.mainstay.db.Sha256;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.task.TaskSteps.Ending;
import dev.mainstay.workflows.task.TaskType;
import dev.mainstay.workflows.task.TaskWorkflow.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskStepsTest {

  private final TestTasks tasks = new TestTasks();

  @AfterEach
  void nothingIsLost() {
    assertThat(tasks.database.violations()).isEmpty();
    tasks.close();
  }

  @ParameterizedTest
  @CsvSource({
    "WELCOME_EMAIL, welcome",
    "PASSWORD_RESET_EMAIL, password-reset",
    "USER_DATA_EXPORT, your-data",
    "USER_REPORT, your-report"
  })
  void aTaskSendsItsOneMailOnce(TaskType type, String kind) {
    UUID task = tasks.task(type, ann());

    assertThat(tasks.mail.send(task)).isEqualTo(Result.COMPLETED);
    Map<String, List<String>> after = tasks.database.contents();
    assertThat(tasks.mail.send(task)).isEqualTo(Result.COMPLETED);

    assertThat(tasks.database.contents()).isEqualTo(after);
    assertThat(tasks.status(task)).isEqualTo("completed");
    assertThat(tasks.messages(task)).containsExactly(kind + " sent");
    assertThat(tasks.mails).hasSize(1);
  }

  @Test
  void whoHasNoAddressIsSentNothingAndTheTaskSaysWhy() {
    UUID task = tasks.task(TaskType.WELCOME_EMAIL, tasks.customer("Ann", null));

    assertThat(tasks.mail.send(task)).isEqualTo(Result.FAILED);

    assertThat(tasks.status(task)).isEqualTo("failed no-address");
    assertThat(tasks.messages(task)).containsExactly("welcome suppressed");
  }

  @Test
  void whoWantsNoMailIsSentNone() {
    UUID ann = ann();
    tasks
        .database
        .dsl()
        .insertInto(CONSENT)
        .set(CONSENT.CUSTOMER_ID, ann)
        .set(CONSENT.CHANNEL, "email")
        .set(CONSENT.PURPOSE, "transactional")
        .set(CONSENT.GRANTED, false)
        .execute();
    UUID task = tasks.task(TaskType.WELCOME_EMAIL, ann);

    assertThat(tasks.mail.send(task)).isEqualTo(Result.FAILED);

    assertThat(tasks.status(task)).isEqualTo("failed no-consent");
    assertThat(tasks.mails).isEmpty();
  }

  @Test
  void aServerThatIsNotReachedIsForTheNextTry() {
    UUID task = tasks.task(TaskType.WELCOME_EMAIL, ann());
    tasks.reached = false;
    assertThatThrownBy(() -> tasks.mail.send(task)).hasMessageNotContaining("ann@");
    assertThat(tasks.status(task)).isEqualTo("running");

    tasks.reached = true;

    assertThat(tasks.mail.send(task)).isEqualTo(Result.COMPLETED);
    assertThat(tasks.mails).hasSize(1);
  }

  @Test
  void aMailThatIsRefusedFailsItsTask() {
    UUID task = tasks.task(TaskType.WELCOME_EMAIL, ann());
    tasks.answer = new Delivery.Refused(Delivery.Refused.Why.ADDRESS, "550");

    assertThat(tasks.mail.send(task)).isEqualTo(Result.FAILED);

    assertThat(tasks.status(task)).isEqualTo("failed no-such-address");
  }

  @ParameterizedTest
  @CsvSource({"CANCELLED, CANCELLED, cancelled cancelled", "TIMED_OUT, FAILED, failed timed-out"})
  void anEndedTaskSendsNothingMore(Ending ending, Result result, String status) {
    UUID task = tasks.task(TaskType.WELCOME_EMAIL, ann());
    tasks.reached = false;
    assertThatThrownBy(() -> tasks.mail.send(task)).isNotNull();

    assertThat(tasks.steps.end(task, ending)).isEqualTo(result);
    tasks.reached = true;

    assertThat(tasks.mail.send(task)).isEqualTo(result);
    assertThat(tasks.steps.begin(task)).isFalse();
    assertThat(tasks.files.make(task)).isFalse();
    assertThat(tasks.status(task)).isEqualTo(status);
    assertThat(tasks.messages(task)).containsExactly("welcome suppressed");
    assertThat(tasks.mails).isEmpty();
  }

  @Test
  void whatIsDoneCannotBeCancelled() {
    UUID task = tasks.task(TaskType.WELCOME_EMAIL, ann());
    tasks.mail.send(task);

    assertThat(tasks.steps.end(task, Ending.CANCELLED)).isEqualTo(Result.COMPLETED);
  }

  @Test
  void anExportHoldsThePersonsDataAndNobodyElses() throws IOException {
    UUID course = tasks.purchases.course();
    TestTrainer.teaching(course).in(tasks.database);
    TestTrainer.teaching(course).in(tasks.database);
    UUID others = tasks.purchases.active(course);
    UUID bought = tasks.purchases.active(course);
    UUID student = student(bought);
    UUID task = tasks.task(TaskType.USER_DATA_EXPORT, student);

    assertThat(tasks.files.make(task)).isTrue();
    byte[] first = tasks.file(task);
    assertThat(tasks.files.make(task)).isTrue();

    Map<String, String> files = unzip(tasks.file(task));
    assertThat(files.keySet()).isEqualTo(unzip(first).keySet());
    assertThat(files.keySet())
        .contains(
            "customer.json",
            "purchase.json",
            "payment.json",
            "transaction.json",
            "invoice.json",
            "allocation.json",
            "course_session.json",
            "task.json",
            "event.json");
    assertThat(files.get("purchase.json")).contains(bought.toString());
    assertThat(String.join("", files.values()))
        .doesNotContain(others.toString(), student(others).toString());
    for (var file : files.entrySet()) {
      Integer rows =
          tasks
              .database
              .dsl()
              .fetchSingle("select jsonb_array_length(?::jsonb)", file.getValue())
              .into(Integer.class);
      assertThat(rows).as(file.getKey()).isPositive();
    }
  }

  @Test
  void aLargeFileIsKeptInParts() throws IOException {
    UUID ann = ann();
    byte[] noise = new byte[200_000];
    new SecureRandom().nextBytes(noise);
    String hex = HexFormat.of().formatHex(noise);
    for (int i = 0; i < 5; i++) {
      tasks
          .database
          .dsl()
          .insertInto(EVENT)
          .set(EVENT.TYPE, "noise")
          .set(EVENT.SUBJECT_ID, ann)
          .set(EVENT.ORDINAL, i)
          .set(EVENT.BODY, JSONB.valueOf("{\"noise\":\"" + i + hex + "\"}"))
          .set(EVENT.CORRELATION_ID, "c")
          .execute();
    }
    UUID task = tasks.task(TaskType.USER_DATA_EXPORT, ann);
    tasks.files.make(task);

    assertThat(tasks.purchases.count("download_part")).isGreaterThan(1);
    assertThat(unzip(tasks.file(task)).get("event.json")).contains("4" + hex);
  }

  @Test
  void aReportIsForItsPersonToRead() {
    UUID course = tasks.purchases.course();
    TestTrainer.teaching(course).in(tasks.database);
    UUID student = student(tasks.purchases.active(course));
    UUID task = tasks.task(TaskType.USER_REPORT, student);

    tasks.files.make(task);

    String report = new String(tasks.file(task), StandardCharsets.UTF_8);
    assertThat(report)
        .startsWith("Report for Student\nNovember 20, 2026")
        .contains("Courses you bought\n- ", "in progress\n", "Your lessons\n- November 23, 2026");
    assertThat(report.lines()).hasSize(4 + 1 + 2 + 7 + 3);
  }

  @Test
  void aReportIsInTheLanguageOfItsReader() {
    UUID ann = ann();
    tasks
        .database
        .dsl()
        .execute("update customer set locale = 'de-AT', name = ? where id = ?", "Ann\n- Lee", ann);
    UUID task = tasks.task(TaskType.USER_REPORT, ann);

    tasks.files.make(task);

    assertThat(new String(tasks.file(task), StandardCharsets.UTF_8))
        .startsWith("Bericht für Ann - Lee\n20. November 2026")
        .contains("Gekaufte Kurse\nkeine\n");
  }

  @Test
  void whatHasExpiredIsNotKeptUnlessItsLinkIsStillToBeSent() {
    UUID fetched = tasks.task(TaskType.USER_REPORT, ann());
    tasks.files.make(fetched);
    tasks.mail.send(fetched);
    UUID waiting = tasks.task(TaskType.USER_REPORT, ann());
    tasks.files.make(waiting);
    tasks.purchases.clock.advance(TestTasks.DOWNLOAD_VALID);

    UUID next = tasks.task(TaskType.USER_REPORT, ann());
    tasks.files.make(next);

    assertThat(tasks.database.dsl().selectFrom(DOWNLOAD).fetch(DOWNLOAD.TASK_ID))
        .containsExactlyInAnyOrder(waiting, next);
  }

  @Test
  void theLinkKeepsItsFileAsLongAsItself() {
    UUID task = tasks.task(TaskType.USER_REPORT, ann());
    tasks.files.make(task);
    tasks.purchases.clock.advance(TestTasks.DOWNLOAD_VALID);
    tasks.mail.send(task);

    var expires = tasks.purchases.clock.instant().plus(TestTasks.DOWNLOAD_VALID);
    assertThat(tasks.database.dsl().selectFrom(DOWNLOAD).fetchSingle().getExpiresAt())
        .isEqualTo(expires);
    assertThat(tasks.database.dsl().selectFrom(LINK_TOKEN).fetchSingle().getExpiresAt())
        .isEqualTo(expires);
  }

  @Test
  void aTokenStandsNowhereButInItsMail() {
    UUID task = tasks.task(TaskType.PASSWORD_RESET_EMAIL, ann());
    tasks.mail.send(task);

    String token = tasks.mails.getFirst();
    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    assertThat(tasks.database.contents().toString())
        .doesNotContain(token)
        .contains(HexFormat.of().formatHex(Sha256.of(token)));
  }

  @Test
  void aResetTokenIsUsedOnceAlsoByManyAtOnce() {
    UUID ann = ann();
    UUID task = tasks.task(TaskType.PASSWORD_RESET_EMAIL, ann);
    String first = tasks.tokens.newToken(task);
    String second = tasks.tokens.newToken(task);

    List<Boolean> used =
        atOnce(8, () -> ann.equals(use(first))).stream().filter(yes -> yes).toList();

    assertThat(used).hasSize(1);
    assertThat(use(first)).isNull();
    assertThat(use(second)).isNull();
  }

  @Test
  void ofTwoTokensOfATaskOneIsUsed() {
    UUID task = tasks.task(TaskType.PASSWORD_RESET_EMAIL, ann());
    String first = tasks.tokens.newToken(task);
    String second = tasks.tokens.newToken(task);

    List<Boolean> used = atOnce(List.of(() -> use(first) != null, () -> use(second) != null));

    assertThat(used).containsOnlyOnce(true);
  }

  @Test
  void aTokenThatHasExpiredIsOrIsForSomethingElseIsOfNoUse() {
    String download = tasks.tokens.newToken(tasks.task(TaskType.USER_REPORT, ann()));
    String late = tasks.tokens.newToken(tasks.task(TaskType.PASSWORD_RESET_EMAIL, ann()));
    tasks.purchases.clock.advance(TestTasks.RESET_VALID);

    assertThat(use(download)).isNull();
    assertThat(use(late)).isNull();
    assertThat(use("nobody's")).isNull();
  }

  private @Nullable UUID use(String token) {
    return tasks
        .database
        .transaction()
        .execute(_ ->
            Routines.useResetToken(
                tasks.database.dsl().configuration(),
                Sha256.of(token),
                tasks.purchases.clock.instant()));
  }

  private UUID ann() {
    return tasks.customer("Ann Lee", "ann@example.com");
  }

  private UUID student(UUID purchase) {
    return Objects.requireNonNull(
        tasks
            .database
            .dsl()
            .select(PURCHASE.STUDENT_ID)
            .from(PURCHASE)
            .where(PURCHASE.ID.eq(purchase))
            .fetchSingle()
            .value1());
  }

  private static Map<String, String> unzip(byte[] bytes) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
