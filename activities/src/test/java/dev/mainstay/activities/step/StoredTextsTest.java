package dev.mainstay.activities.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mainstay.db.testing.StoredTexts;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.payroll.Cadence;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.task.TaskPriority;
import dev.mainstay.workflows.task.TaskType;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts stored in the database equal those of the workflows' enums. */
class StoredTextsTest {

  private static final TestDatabase database = TestDatabase.create();

  @AfterAll
  static void close() {
    database.close();
  }

  static Stream<Arguments> columns() {
    Set<String> channels = texts(Channel.values(), Channel::text);
    Set<String> cadences = texts(Cadence.values(), Cadence::text);
    return Stream.of(
        arguments("message", "channel", channels),
        arguments("consent", "channel", channels),
        arguments("vendor", "cadence", cadences),
        arguments("payroll_run", "cadence", cadences),
        arguments("task", "type", texts(TaskType.values(), TaskType::text)),
        arguments("task", "priority", texts(TaskPriority.values(), TaskPriority::text)));
  }

  @ParameterizedTest
  @MethodSource("columns")
  void theCheckNamesTheTextsOfTheEnum(String table, String column, Set<String> texts) {
    assertThat(StoredTexts.checked(database, table, column)).isEqualTo(texts);
  }

  @Test
  void theStepsOfAPurchaseRefuseForReasonsThatTheWorkflowKnows() {
    assertThat(
            StoredTexts.answered(
                database,
                "create_purchases",
                "allocate_trainers",
                "schedule_sessions",
                "assign_trainer",
                "record_allocation",
                "allocate_place"))
        .contains("duplicate-payment", "no-trainer", "no-session", "not-qualified", "no-capacity")
        .isSubsetOf(texts(Reason.values(), Reason::text));
  }

  private static <E> Set<String> texts(E[] values, Function<E, String> text) {
    return Arrays.stream(values).map(text).collect(Collectors.toSet());
  }
}
