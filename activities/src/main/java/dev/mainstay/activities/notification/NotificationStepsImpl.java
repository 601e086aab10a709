package dev.mainstay.activities.notification;

import static dev.mainstay.db.generated.Tables.PLAN_MESSAGES;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.PlanMessagesRecord;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.notification.NotificationSteps;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.transaction.support.TransactionOperations;

/** Each step one transaction. */
public final class NotificationStepsImpl implements NotificationSteps {

  private final DSLContext database;
  private final TransactionOperations transaction;

  public NotificationStepsImpl(DSLContext database, TransactionOperations transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  @Override
  public Plan plan(Notification notification) {
    return planAll(List.of(notification.intakeId()));
  }

  @Override
  public Plan planAll(List<UUID> intakeIds) {
    return Objects.requireNonNull(
        transaction.execute(_ ->
            plan(database.selectFrom(PLAN_MESSAGES.call(intakeIds.toArray(UUID[]::new))).fetch())));
  }

  private static Plan plan(List<PlanMessagesRecord> waiting) {
    List<Batch> batches =
        waiting.stream()
            .collect(
                groupingBy(
                    row -> Channel.of(row.get(PLAN_MESSAGES.CHANNEL)),
                    TreeMap::new,
                    mapping(
                        row -> row.get(PLAN_MESSAGES.MESSAGE_ID),
                        collectingAndThen(toList(), List::copyOf))))
            .entrySet()
            .stream()
            .map(channel -> new Batch(channel.getKey(), channel.getValue()))
            .toList();
    return new Plan(
        batches, waiting.stream().mapToInt(row -> row.get(PLAN_MESSAGES.TRIES)).max().orElse(0));
  }

  @Override
  public int requeue(List<UUID> intakeIds) {
    return Objects.requireNonNull(
        transaction.execute(_ ->
            Routines.requeueNotifications(
                database.configuration(), intakeIds.toArray(UUID[]::new))));
  }

  @Override
  public void suppress(List<UUID> messages, String because) {
    transaction.executeWithoutResult(_ ->
        Routines.suppressMessages(
            database.configuration(), messages.toArray(UUID[]::new), because));
  }
}
