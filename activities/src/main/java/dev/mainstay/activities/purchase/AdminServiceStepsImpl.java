package dev.mainstay.activities.purchase;

import static dev.mainstay.db.generated.Tables.ALLOCATION;
import static dev.mainstay.db.generated.Tables.PURCHASE;

import dev.mainstay.activities.purchase.AllocationGateway.Answer.Accepted;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.NoTrainer;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.Refused;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.Unknown;
import dev.mainstay.activities.purchase.AllocationGateway.Wish;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.purchase.PurchaseStatus;
import dev.mainstay.workflows.purchase.AdminServiceSteps;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseSteps.Refusal;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Records;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Asks the admin service, then records its answer in one transaction; never inside one. Asked
 * again, it gives the same answer to the same key, and the record is made once.
 */
public final class AdminServiceStepsImpl implements AdminServiceSteps {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final AllocationGateway service;
  private final InstantSource clock;

  public AdminServiceStepsImpl(
      DSLContext database,
      TransactionOperations transaction,
      AllocationGateway service,
      InstantSource clock) {
    this.database = database;
    this.transaction = transaction;
    this.service = service;
    this.clock = clock;
  }

  /** A purchase's present state, with its allocation if it has one. */
  private record Facts(
      UUID id,
      String status,
      UUID student,
      UUID course,
      LocalTime preferredTime,
      String zone,
      @Nullable String allocation,
      @Nullable String externalId) {

    boolean lasts() {
      return status.equals(PurchaseStatus.PENDING.text())
          || status.equals(PurchaseStatus.ATTENTION.text())
          || status.equals(PurchaseStatus.ACTIVE.text());
    }
  }

  @Override
  public Answer allocate(Request request) {
    Optional<Facts> facts = facts(request.purchaseId()).filter(Facts::lasts);
    if (facts.isEmpty()) {
      return refused(request, Reason.ENDED, null);
    }
    Facts purchase = facts.get();
    if (purchase.allocation() != null) {
      return new Answer(List.of(), purchase.allocation().equals("active"));
    }
    return switch (service.allocate(wish(purchase, request))) {
      case Accepted accepted -> record(request, accepted);
      case NoTrainer _ -> {
        transaction.executeWithoutResult(_ ->
            Routines.startTrainerWait(database.configuration(), purchase.id(), clock.instant()));
        yield refused(request, Reason.NO_TRAINER, null);
      }
      case Refused refused -> refused(request, Reason.ALLOCATION_REFUSED, refused.why());
      case Unknown unknown -> throw unknown(unknown);
    };
  }

  @Override
  public Answer confirm(Request request) {
    Optional<Facts> facts = facts(request.purchaseId()).filter(Facts::lasts);
    if (facts.isEmpty()) {
      return refused(request, Reason.ENDED, null);
    }
    String externalId = facts.get().externalId();
    if (externalId == null || !"approved".equals(facts.get().allocation())) {
      return new Answer(List.of(), true);
    }
    return switch (service.find(externalId)) {
      case Accepted accepted when accepted.active() -> record(request, accepted);
      case Accepted _ -> refused(request, Reason.NOT_ACTIVE, null);
      case NoTrainer _ ->
          refused(request, Reason.ALLOCATION_REFUSED, "it has taken the trainer back");
      case Refused refused -> refused(request, Reason.ALLOCATION_REFUSED, refused.why());
      case Unknown unknown -> throw unknown(unknown);
    };
  }

  private Answer record(Request request, Accepted accepted) {
    String obstacle =
        transaction.execute(_ ->
            Routines.recordAllocation(
                database.configuration(),
                request.purchaseId(),
                accepted.trainerId(),
                accepted.active() ? "active" : "approved",
                accepted.id(),
                clock.instant()));
    return obstacle == null
        ? new Answer(List.of(), accepted.active())
        : refused(request, Reason.of(obstacle), "trainer " + accepted.trainerId());
  }

  private static Wish wish(Facts purchase, Request request) {
    return new Wish(
        request.refusals() == 0
            ? purchase.id().toString()
            : purchase.id() + "-" + request.refusals(),
        purchase.student(),
        purchase.course(),
        purchase.preferredTime(),
        purchase.zone());
  }

  private static Answer refused(Request request, Reason reason, @Nullable String detail) {
    return new Answer(List.of(new Refusal(request.purchaseId(), reason, detail)), false);
  }

  private static IllegalStateException unknown(Unknown unknown) {
    return new IllegalStateException(
        "It is not known what the admin service did: " + unknown.why());
  }

  private Optional<Facts> facts(UUID purchase) {
    return database
        .select(
            PURCHASE.ID,
            PURCHASE.STATUS,
            PURCHASE.STUDENT_ID,
            PURCHASE.COURSE_ID,
            PURCHASE.PREFERRED_TIME,
            PURCHASE.ZONE,
            ALLOCATION.STATUS,
            ALLOCATION.ADMIN_SERVICE_ID)
        .from(PURCHASE)
        .leftJoin(ALLOCATION)
        .on(ALLOCATION.PURCHASE_ID.eq(PURCHASE.ID), ALLOCATION.STATUS.ne("ended"))
        .where(PURCHASE.ID.eq(purchase))
        .fetchOptional(Records.mapping(Facts::new));
  }
}
