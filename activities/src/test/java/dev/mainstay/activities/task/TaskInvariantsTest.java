package dev.mainstay.activities.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.task.TaskType;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each rule about tasks and the erased finds its breach, made behind the application's back. */
class TaskInvariantsTest {

  private final TestTasks tasks = new TestTasks();
  private final UUID ann = tasks.customer("Ann Lee", "ann@example.com");

  @AfterEach
  void close() {
    tasks.close();
  }

  @Test
  void aTaskThatNobodyCarries() {
    var _ = tasks.task(TaskType.WELCOME_EMAIL, ann);
    assertThat(tasks.database.violations()).as("it is under way").isEmpty();

    broken("update task set created_at = now() - interval '13 hours'");
    assertThat(tasks.database.violations()).containsExactly("task-unfinished");

    broken("update task set not_before = now() + interval '1 day'");
    assertThat(tasks.database.violations()).as("its delay is not over").isEmpty();
  }

  @Test
  void aTaskThatWasCompletedWithoutItsMail() {
    UUID task = tasks.task(TaskType.WELCOME_EMAIL, ann);
    tasks.mail.send(task);
    assertThat(tasks.database.violations()).isEmpty();

    broken("update message set status = 'failed'");
    assertThat(tasks.database.violations()).containsExactly("task-without-mail");
  }

  @Test
  void somebodyWhoWasErasedAndOfWhomSomethingIsLeft() {
    broken(
        """
        update customer set name = '', email = null, locale = 'und', zone = 'UTC', erased_at = now();
        insert into erasure (customer_id, at, by, correlation_id, counts)
        select id, now(), 'ana', 'c', '{}' from customer
        """);
    assertThat(tasks.database.violations()).isEmpty();

    UUID task = tasks.task(TaskType.PASSWORD_RESET_EMAIL, ann);
    tasks.tokens.newToken(task);
    assertThat(tasks.database.violations()).containsExactly("erased-customer-with-data");
  }

  private void broken(String sql) {
    tasks.database.admin().execute(sql);
  }
}
