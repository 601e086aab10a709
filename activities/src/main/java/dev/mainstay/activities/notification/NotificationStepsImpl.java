package dev.mainstay.activities.notification;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PLAN_MESSAGES;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.notification.NotificationSteps;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
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
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          List<Batch> batches = batches(notification);
          done(notification.intakeId());
          return new Plan(batches);
        }));
  }

  private List<Batch> batches(Notification notification) {
    return database
        .selectFrom(
            PLAN_MESSAGES.call(
                notification.event(), notification.subjectId(), notification.correlationId()))
        .fetch()
        .stream()
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
  }

  /** The run has begun: its row needs no drainer any more. */
  private void done(UUID intakeId) {
    database
        .update(INTAKE)
        .set(INTAKE.DONE_AT, DSL.currentInstant())
        .where(
            INTAKE.BUSINESS_ID.eq(intakeId),
            INTAKE.KIND.eq(IntakeKind.NOTIFICATION.text()),
            INTAKE.DONE_AT.isNull())
        .execute();
  }

  @Override
  public void suppress(List<UUID> messages, String because) {
    transaction.executeWithoutResult(_ ->
        Routines.suppressMessages(
            database.configuration(), messages.toArray(UUID[]::new), because));
  }
}
