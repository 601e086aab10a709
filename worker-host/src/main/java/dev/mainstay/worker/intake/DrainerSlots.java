package dev.mainstay.worker.intake;

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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many runs the drainer may have begun that have neither closed nor waited yet. A run's first
 * workflow task ends with one of the two, so its slot is given back when the SDK gives back the
 * worker's slot of that task; a run whose first task went to another host gives its slot back when
 * its lease ends.
 */
public final class DrainerSlots {

  // The SDK reserves the slot of an eager task inside the start, on the same thread, and does not
  // say what for.
  private static final ScopedValue<String> STARTING = ScopedValue.newInstance();

  private final int most;
  private final InstantSource clock;
  private final Map<String, Instant> begun = new ConcurrentHashMap<>();
  private volatile Runnable whenFree = () -> {};

  public DrainerSlots(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  boolean free() {
    if (begun.size() >= most) {
      Instant now = clock.instant();
      begun.values().removeIf(until -> until.isBefore(now));
    }
    return begun.size() < most;
  }

  /** Takes a slot for the run and starts it. */
  void start(String workflowId, Runnable start) {
    begun.put(workflowId, clock.instant().plus(Claims.LEASE));
    ScopedValue.where(STARTING, workflowId).run(start);
  }

  void giveBack(String workflowId) {
    if (begun.remove(workflowId) != null) {
      whenFree.run();
    }
  }

  void whenFree(Runnable action) {
    whenFree = action;
  }

  /** The worker's slots for workflow tasks, which tell this when one is given back. */
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
        giveBack(polled.getWorkflowId());
      } else if (eagerRun != null && !(context.getSlotReleaseReason() instanceof NeverUsed)) {
        giveBack(eagerRun);
      }
    }

    @Override
    public Optional<Integer> getMaximumSlots() {
      return slots.getMaximumSlots();
    }
  }
}
