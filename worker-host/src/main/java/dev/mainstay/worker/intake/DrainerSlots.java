package dev.mainstay.worker.intake;

import dev.mainstay.workflows.process.Lane;
import io.temporal.worker.tuning.FixedSizeSlotSupplier;
import io.temporal.worker.tuning.SlotMarkUsedContext;
import io.temporal.worker.tuning.SlotPermit;
import io.temporal.worker.tuning.SlotReleaseContext;
import io.temporal.worker.tuning.SlotReleaseReason.NeverUsed;
import io.temporal.worker.tuning.SlotReserveContext;
import io.temporal.worker.tuning.SlotSupplier;
import io.temporal.worker.tuning.SlotSupplierFuture;
import io.temporal.worker.tuning.WorkflowSlotInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many runs the drainer may have begun in a lane that have neither closed nor waited yet. A
 * run's first workflow task ends with one of the two, so its slot is given back when the SDK gives
 * back the worker's slot of that task; a run whose first task went to another host gives its slot
 * back when its lease ends.
 */
public final class DrainerSlots {

  // The SDK reserves the slot of an eager task inside the start, on the same thread, and does not
  // say what for.
  private static final ScopedValue<String> STARTING = ScopedValue.newInstance();

  private final Map<Lane, Integer> most;
  private final InstantSource clock;
  private final Map<String, Begun> begun = new ConcurrentHashMap<>();
  private final DrainerWake wake;

  private record Begun(Lane lane, Instant until) {}

  /**
   * Creates the slots.
   *
   * @param wake called when a slot is free again
   * @param processes the number for processes, 1 or more; messages need only one, since their runs
   *     wait for the gateways in parallel
   */
  public DrainerSlots(int processes, InstantSource clock, DrainerWake wake) {
    this.most = Map.of(Lane.PROCESSES, processes, Lane.MESSAGES, 1);
    this.clock = clock;
    this.wake = wake;
  }

  boolean free(Lane lane) {
    if (isFull(lane)) {
      Instant now = clock.instant();
      begun.values().removeIf(run -> run.until().isBefore(now));
    }
    return !isFull(lane);
  }

  private boolean isFull(Lane lane) {
    return begun.values().stream().filter(run -> run.lane() == lane).count()
        >= Objects.requireNonNull(most.get(lane));
  }

  /** Takes a slot for the run and starts it; one that was not started gives it back. */
  void start(Lane lane, String workflowId, Runnable start) {
    begun.put(workflowId, new Begun(lane, clock.instant().plus(Claims.LEASE)));
    try {
      ScopedValue.where(STARTING, workflowId).run(start);
    } catch (RuntimeException e) {
      release(workflowId);
      throw e;
    }
  }

  void release(String workflowId) {
    if (begun.remove(workflowId) != null) {
      wake.wake();
    }
  }

  /** The worker's slots for workflow tasks, which report each released slot to this object. */
  public SlotSupplier<WorkflowSlotInfo> workflowTaskSlots(int slots) {
    return new Observed(new FixedSizeSlotSupplier<>(slots));
  }

  private final class Observed implements SlotSupplier<WorkflowSlotInfo> {

    private final SlotSupplier<WorkflowSlotInfo> slots;
    private final Map<SlotPermit, String> eager = new ConcurrentHashMap<>();

    Observed(SlotSupplier<WorkflowSlotInfo> slots) {
      this.slots = slots;
    }

    @Override
    public SlotSupplierFuture reserveSlot(SlotReserveContext<WorkflowSlotInfo> context)
        throws Exception {
      return slots.reserveSlot(context);
    }

    @Override
    public Optional<SlotPermit> tryReserveSlot(SlotReserveContext<WorkflowSlotInfo> context) {
      Optional<SlotPermit> reserved = slots.tryReserveSlot(context);
      if (STARTING.isBound()) {
        reserved.ifPresent(permit -> eager.put(permit, STARTING.get()));
      }
      return reserved;
    }

    @Override
    public void markSlotUsed(SlotMarkUsedContext<WorkflowSlotInfo> context) {
      slots.markSlotUsed(context);
    }

    @Override
    public void releaseSlot(SlotReleaseContext<WorkflowSlotInfo> context) {
      slots.releaseSlot(context);
      String eagerRun = eager.remove(context.getSlotPermit());
      WorkflowSlotInfo polled = context.getSlotInfo();
      if (polled != null) {
        release(polled.getWorkflowId());
      } else if (eagerRun != null && !(context.getSlotReleaseReason() instanceof NeverUsed)) {
        release(eagerRun);
      }
    }

    @Override
    public Optional<Integer> getMaximumSlots() {
      return slots.getMaximumSlots();
    }
  }
}
