package dev.mainstay.activities.purchase;

import java.time.LocalTime;
import java.util.UUID;

/**
 * A service of the marketplace that gives students their trainers. It carries out a request once
 * per key, so a lost answer is asked for again under the same key.
 */
public interface AllocationGateway {

  /** Asks for a trainer, once per key. */
  Answer allocate(Wish wish);

  /**
   * Asks for the state of an allocation.
   *
   * @param id as {@link Answer.Accepted} gave it
   */
  Answer find(String id);

  /**
   * The request.
   *
   * @param key the idempotency key
   * @param zone of the preferred time
   */
  record Wish(String key, UUID studentId, UUID courseId, LocalTime preferredTime, String zone) {}

  /** The service's answer. */
  sealed interface Answer {

    /**
     * The student has this trainer.
     *
     * @param id the allocation's, at the service
     * @param active false while it is only approved; held it is either way
     */
    record Accepted(String id, UUID trainerId, boolean active) implements Answer {}

    /** No trainer is free: the business "no". */
    record NoTrainer() implements Answer {}

    /** Any other final no, for a person to read. */
    record Refused(String why) implements Answer {}

    /** It may have happened. */
    record Unknown(String why) implements Answer {}
  }
}
