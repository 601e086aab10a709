package dev.mainstay.activities.purchase;

import static dev.mainstay.db.generated.Tables.ALLOCATE_TRAINERS;
import static dev.mainstay.db.generated.Tables.CREATE_PURCHASES;
import static dev.mainstay.db.generated.Tables.PURCHASE;
import static dev.mainstay.db.generated.Tables.SCHEDULE_SESSIONS;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.purchase.PurchaseSteps;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Each step one transaction: the row that makes it idempotent and its effect commit together. Every
 * step locks in the same order, payments and trainers first and rows of the intake last, so that
 * none waits in a ring.
 */
public final class PurchaseStepsImpl implements PurchaseSteps {

  /** How many future sessions a purchase begins with (specification, §1 step 3). */
  static final int FIRST_SESSIONS = 7;

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final PurchaseIntakeRows intake;
  private final InstantSource clock;
  private final Optional<StudentCaches> caches;
  private final Allocator allocator;

  /**
   * On our own database.
   *
   * @param allocator who gives trainers to purchases that are created from now on
   */
  public PurchaseStepsImpl(
      DSLContext database,
      TransactionOperations transaction,
      PurchaseIntakeRows intake,
      InstantSource clock,
      Optional<StudentCaches> caches,
      Allocator allocator) {
    this.database = database;
    this.transaction = transaction;
    this.intake = intake;
    this.clock = clock;
    this.caches = caches;
    this.allocator = allocator;
  }

  @Override
  public Created create(Purchases purchases) {
    List<Refusal> refused =
        inTransaction(
            purchases,
            () -> {
              List<Refusal> refusals =
                  refusals(CREATE_PURCHASES.call(ids(purchases), clock.instant()));
              intake.done(purchases);
              if (allocator == Allocator.ADMIN_SERVICE) {
                splitOffCreated(purchases, refusals);
              }
              return refusals;
            });
    return new Created(refused, caches.isPresent(), allocator);
  }

  /** A slow answer of the admin service for one purchase must not hold the others of a batch. */
  private void splitOffCreated(Purchases purchases, List<Refusal> refused) {
    if (purchases.carriedBy() == Carrier.BATCH) {
      Set<UUID> notCreated =
          refused.stream().map(Refusal::purchaseId).collect(Collectors.toUnmodifiableSet());
      intake.splitOff(purchases.ids().stream().filter(id -> !notCreated.contains(id)).toList());
    }
  }

  @Override
  public Outcome allocate(Purchases purchases) {
    return new Outcome(
        inTransaction(
            purchases, () -> refusals(ALLOCATE_TRAINERS.call(ids(purchases), clock.instant()))));
  }

  @Override
  public Outcome schedule(Purchases purchases) {
    return new Outcome(
        inTransaction(
            purchases,
            () ->
                refusals(SCHEDULE_SESSIONS.call(ids(purchases), FIRST_SESSIONS, clock.instant()))));
  }

  @Override
  public void invalidateCaches(Purchases purchases) {
    caches.ifPresent(c ->
        c.invalidate(
            database
                .selectDistinct(PURCHASE.STUDENT_ID)
                .from(PURCHASE)
                .where(PURCHASE.ID.in(purchases.ids()))
                .fetch(PURCHASE.STUDENT_ID)));
  }

  @Override
  public void splitOff(Purchases purchases) {
    transaction.executeWithoutResult(_ -> {
      intake.done(purchases);
      intake.splitOffInPlace(purchases.ids());
    });
  }

  @Override
  public Outcome assignTrainer(Purchases purchase, UUID vendorId) {
    UUID id = purchase.ids().getFirst();
    String reason =
        transaction.execute(
            _ -> Routines.assignTrainer(database.configuration(), id, vendorId, clock.instant()));
    return new Outcome(reason == null ? List.of() : List.of(new Refusal(id, Reason.of(reason))));
  }

  @Override
  public void requeue(Purchases purchases) {
    transaction.executeWithoutResult(_ -> intake.requeue(purchases));
  }

  @Override
  public void cancel(Purchases purchases) {
    transaction.executeWithoutResult(_ -> {
      Routines.cancelPurchases(database.configuration(), ids(purchases), clock.instant());
      intake.done(purchases);
    });
  }

  private List<Refusal> inTransaction(Purchases purchases, Supplier<List<Refusal>> step) {
    return transaction.execute(_ -> {
      List<Refusal> refused = step.get();
      if (purchases.carriedBy() == Carrier.BATCH) {
        intake.splitOff(
            refused.stream()
                .filter(refusal -> refusal.reason() != Reason.ENDED)
                .map(Refusal::purchaseId)
                .toList());
      }
      return refused;
    });
  }

  private static UUID[] ids(Purchases purchases) {
    return purchases.ids().toArray(UUID[]::new);
  }

  private List<Refusal> refusals(Table<?> step) {
    return database
        .selectFrom(step)
        .fetch(row ->
            new Refusal(
                row.get("refused_id", UUID.class), Reason.of(row.get("reason", String.class))));
  }
}
