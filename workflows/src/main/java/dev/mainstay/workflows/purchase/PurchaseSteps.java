package dev.mainstay.workflows.purchase;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a purchase, each over a list of purchases, each one transaction, each safe to run
 * again. A step returns a refusal for each purchase that it cannot process; an exception is an
 * outage.
 */
@ActivityInterface
public interface PurchaseSteps {

  /**
   * How long a purchase waits for a trainer, or for an approved allocation to become active, before
   * it needs an operator. The database's invariants add an hour.
   */
  Duration TRAINER_WAIT = Duration.ofHours(24);

  /** Records payment, purchase, invoice and transaction; marks the intake rows done. */
  @ActivityMethod(name = "createPurchases")
  Created create(Purchases purchases);

  /** Gives each purchase a trainer. */
  @ActivityMethod(name = "allocateTrainers")
  Outcome allocate(Purchases purchases);

  /** Schedules the first course sessions, after which the purchase is active. */
  @ActivityMethod(name = "scheduleSessions")
  Outcome schedule(Purchases purchases);

  /** Removes what the students' pages have cached; called only where {@link Created#cached()}. */
  @ActivityMethod(name = "invalidateCaches")
  void invalidateCaches(Purchases purchases);

  /**
   * Writes an intake row for each purchase, so that each continues in a {@link PurchaseWorkflow} of
   * its own.
   */
  @ActivityMethod(name = "splitOffPurchases")
  void splitOff(Purchases purchases);

  /**
   * Gives a purchase that has no trainer the one whom an operator chose: qualified and below
   * capacity, be the preferred time free or not. The same one twice is no refusal.
   */
  @ActivityMethod(name = "assignTrainer")
  Outcome assignTrainer(Purchases purchase, UUID vendorId);

  /**
   * Leaves purchases that cannot even be split off to the drainer, which opens attention items with
   * the reason {@code not-started}: a retry then carries them in a new batch.
   */
  @ActivityMethod(name = "handBackPurchases")
  void requeue(Purchases purchases);

  /** Ends a purchase: future sessions cancelled, allocation ended, the trainer's place free. */
  @ActivityMethod(name = "cancelPurchase")
  void cancel(Purchases purchases);

  /**
   * Identifies the purchases, and the kind of run that carries them.
   *
   * @param ids 1 to 50 purchases
   * @param carriedBy a step that refuses a purchase of a batch also splits it off, in the same
   *     transaction
   */
  record Purchases(List<UUID> ids, Carrier carriedBy) {
    public Purchases {
      ids = List.copyOf(ids);
    }
  }

  /** The kind of run that carries a purchase through its steps. */
  enum Carrier {
    BATCH,
    ALONE
  }

  /**
   * The result of creating.
   *
   * @param refused the purchases that were not created
   * @param cached whether a cache is configured, so that it has to be invalidated at the end
   * @param allocator the allocator of these purchases; null in histories from before the admin
   *     service could allocate
   */
  record Created(List<Refusal> refused, boolean cached, @Nullable Allocator allocator) {

    /** Whether the admin service is asked for trainers: one by one, in runs of their own. */
    boolean asksAdminService() {
      return allocator == Allocator.ADMIN_SERVICE;
    }
  }

  /** The service that gives purchases their trainers. */
  enum Allocator {
    /** Our own step, on what we know of the trainers. */
    @JsonProperty("built-in")
    BUILT_IN,
    /** The marketplace's admin service. */
    @JsonProperty("admin-service")
    ADMIN_SERVICE
  }

  /** The purchases that the step refused; it completed all others. */
  record Outcome(List<Refusal> refused) {}

  /**
   * Why a step refused a purchase.
   *
   * @param detail additional explanation, for a person to read
   */
  record Refusal(UUID purchaseId, Reason reason, @Nullable String detail) {

    public Refusal(UUID purchaseId, Reason reason) {
      this(purchaseId, reason, null);
    }

    /** For a person to read. */
    String explanation() {
      return detail == null ? reason.explanation() : reason.explanation() + ": " + detail;
    }
  }

  /** A business "no", as attention items and events name it. */
  enum Reason {
    @JsonProperty("unknown-student")
    UNKNOWN_STUDENT("unknown-student", "the payment names a student whom nobody has told us of"),
    @JsonProperty("unknown-course")
    UNKNOWN_COURSE("unknown-course", "the payment names a course that nobody has told us of"),
    @JsonProperty("duplicate-payment")
    DUPLICATE_PAYMENT("duplicate-payment", "the student already holds this course"),
    @JsonProperty("no-trainer")
    NO_TRAINER("no-trainer", "no trainer of the course is free at the preferred time"),
    @JsonProperty("no-session")
    NO_SESSION("no-session", "the trainer has no day to teach on within three months"),
    @JsonProperty("unknown-vendor")
    UNKNOWN_VENDOR("unknown-vendor", "there is no such vendor"),
    @JsonProperty("not-qualified")
    NOT_QUALIFIED("not-qualified", "the vendor does not teach this course"),
    @JsonProperty("no-capacity")
    NO_CAPACITY("no-capacity", "the trainer has as many students as the capacity allows"),
    @JsonProperty("has-trainer")
    HAS_TRAINER("has-trainer", "the purchase has another trainer already"),
    @JsonProperty("unknown-trainer")
    UNKNOWN_TRAINER(
        "unknown-trainer", "the admin service names a trainer whom nobody has told us of"),
    @JsonProperty("allocation-refused")
    ALLOCATION_REFUSED("allocation-refused", "the admin service refuses the allocation"),
    @JsonProperty("not-active")
    NOT_ACTIVE("not-active", "the admin service has approved the allocation, but it is not active"),
    /** Nothing is left to do. */
    @JsonProperty("ended")
    ENDED("ended", "the purchase was cancelled or refunded in the meantime");

    private final String text;
    private final String explanation;

    Reason(String text, String explanation) {
      this.text = text;
      this.explanation = explanation;
    }

    public String text() {
      return text;
    }

    /** The reason for a person to read. */
    public String explanation() {
      return explanation;
    }

    /** The reason that the database wrote as this text. */
    public static Reason of(String text) {
      return Arrays.stream(values())
          .filter(reason -> reason.text.equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("unknown reason " + text));
    }
  }
}
