package dev.mainstay.activities.purchase;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.WAITING_FOR_TRAINER;

import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import dev.mainstay.workflows.purchase.TrainerFreeSteps;
import dev.mainstay.workflows.purchase.TrainerFreeWorkflow;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Records;
import org.jooq.impl.DSL;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Finds the purchases that wait for a trainer, in the transaction that marks the intake row done.
 */
public final class TrainerFreeStepsImpl implements TrainerFreeSteps {

  private final DSLContext database;
  private final TransactionOperations transaction;

  public TrainerFreeStepsImpl(DSLContext database, TransactionOperations transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  @Override
  public Waiting whoWaits(TrainerFreeWorkflow.Input free) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          database
              .update(INTAKE)
              .set(INTAKE.DONE_AT, DSL.currentInstant())
              .where(
                  INTAKE.BUSINESS_ID.eq(free.intakeId()),
                  INTAKE.KIND.eq(TrainerFreeWorkflow.NAME),
                  INTAKE.DONE_AT.isNull())
              .execute();
          return new Waiting(
              database
                  .select(WAITING_FOR_TRAINER.PROVIDER, WAITING_FOR_TRAINER.PROVIDER_PAYMENT_ID)
                  .from(WAITING_FOR_TRAINER.call(free.trainerId(), TrainerFreeWorkflow.MOST))
                  .fetch(Records.mapping(PurchaseWorkflow::id)));
        }));
  }
}
