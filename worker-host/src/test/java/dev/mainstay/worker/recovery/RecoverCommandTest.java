package dev.mainstay.worker.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

class RecoverCommandTest {

  @AutoClose private final TestDatabase database = TestDatabase.createNew();
  @AutoClose private final ForgetfulTemporal temporal = new ForgetfulTemporal();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  RecoverCommandTest() throws IOException {}

  @Test
  void whatTemporalDoesNotRunIsStartedAgainAndCounted() {
    UUID lost = task();
    UUID running = task();
    temporal.runs("task/" + running);

    assertThat(recover("--reason", "its database is gone")).isZero();

    assertThat(out.toString()).isEqualToNormalizingWhitespace("task 1 started 1");
    assertThat(waiting()).isEqualTo("task/" + lost);
    assertThat(
            database
                .dsl()
                .fetchSingle("select concat_ws(' ', by, action, subject, reason) from audit_event")
                .into(String.class))
        .isEqualTo("recover restart task/" + lost + " its database is gone");

    out.getBuffer().setLength(0);
    assertThat(recover()).isZero();
    assertThat(out.toString()).isEqualToNormalizingWhitespace("started 0");
  }

  @Test
  void aDryRunListsAndStartsNothing() {
    UUID lost = task();

    assertThat(recover("--dry-run")).isZero();

    assertThat(out.toString())
        .contains("task/" + lost + "  since ", "its run is unknown to Temporal")
        .containsIgnoringWhitespaces("would be started 1");
    assertThat(waiting()).isNull();
  }

  @Test
  void pagesFollowEachOther() {
    for (int i = 0; i < 3; i++) {
      var _ = task();
    }

    assertThat(recover("--per-second", "2")).isZero();

    assertThat(out.toString()).isEqualToNormalizingWhitespace("task 3 started 3");
  }

  @Test
  void workThatNothingCanStartIsNamed() {
    var _ = task();
    database.admin().execute("delete from intake");

    assertThat(recover()).isZero();

    assertThat(err.toString()).startsWith("1 are unfinished and have no intake row");
  }

  @Test
  void aNamespaceThatIsNotThereStartsNothing() {
    var _ = task();
    temporal.hasNoNamespace();

    assertThat(recover()).isEqualTo(1);

    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "Temporal has no namespace default. Run: temporal operator namespace create --namespace default --retention 168h");
    assertThat(waiting()).isNull();
  }

  @Test
  void aTemporalThatDoesNotAnswerStartsNothing() {
    var _ = task();
    temporal.close();

    assertThat(recover()).isEqualTo(1);

    assertThat(err.toString()).startsWith("Temporal does not answer: ");
    assertThat(waiting()).isNull();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(recover("--per-second", "0")).isEqualTo(1);
    assertThat(recover("--reason", " ")).isEqualTo(1);
  }

  /** As in a container: both servers are named as the worker host's configuration names them. */
  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void itRunsOnTheConnectionsOfTheWorkerHost() {
    UUID lost = task();
    System.setProperty("DATABASE_URL", database.url("mainstay_app").substring("jdbc:".length()));
    System.setProperty("TEMPORAL_ADDRESS", temporal.address());
    try {
      assertThat(RecoveryConnections.run()).isZero();
    } finally {
      System.clearProperty("DATABASE_URL");
      System.clearProperty("TEMPORAL_ADDRESS");
    }

    assertThat(waiting()).isEqualTo("task/" + lost);
  }

  private int recover(String... arguments) {
    CommandLine command = RecoverCommand.commandLine(database.dataSource(), temporal::client);
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  /** One whose run has made its first step. */
  private UUID task() {
    UUID task = database.newId();
    database
        .admin()
        .execute(
            """
            insert into customer (id, name, locale, zone) values ('%1$s', 'Ann Lee', 'en', 'UTC');
            insert into task (id, type, customer_id, priority, max_retries, client, correlation_id)
            values ('%1$s', 'welcome-email', '%1$s', 'normal', 3, 'market', 'c');
            select enqueue('task', 'task', '%1$s', '%1$s', '{}', 'market', 'c');
            update intake set claims = 1, claim_id = new_id(), leased_until = now(), done_at = now() where done_at is null
            """
                .formatted(task));
    return task;
  }

  /** What the drainer may claim. */
  private String waiting() {
    return database
        .dsl()
        .fetchSingle(
            "select string_agg('task/' || business_id, ' ') from intake where done_at is null and claims = 0")
        .get(0, String.class);
  }
}
