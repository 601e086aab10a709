package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.page.PagePlan.PageBoundary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A run's row and its payouts, each a page of its own; and a provider that answers as the test
 * says.
 */
final class FakePayroll
    implements PayrollSteps,
        FreezeSteps,
        PayoutSteps,
        TransferCheckSteps,
        ReceiptSteps,
        AttentionSteps {

  /** The calls so far, as {@code freeze 001}. */
  final List<String> done = Collections.synchronizedList(new ArrayList<>());

  final List<UUID> begun = Collections.synchronizedList(new ArrayList<>());
  final Queue<AttentionItem> opened = new ConcurrentLinkedQueue<>();
  final Queue<Resolution> resolved = new ConcurrentLinkedQueue<>();
  final Queue<SignalRecord> recorded = new ConcurrentLinkedQueue<>();
  final Queue<OperatorNote> cancelledBy = new ConcurrentLinkedQueue<>();
  private final Map<String, String> payouts = new TreeMap<>();
  private final Queue<Supplier<PayoutPage>> answers = new ArrayDeque<>();
  private PayrollStage stage = PayrollStage.FREEZE;
  private @Nullable String because;
  private boolean held;
  private final Map<String, Runnable> during = new ConcurrentHashMap<>();
  private boolean approved;
  private boolean askedAgain;
  private int changes;
  private int failedProposals;
  private int failedFreezes;
  private int failedReceipts;
  private int unknownTransfers;
  private boolean checked;
  private boolean adopted;

  FakePayroll(int pages) {
    IntStream.rangeClosed(1, pages).forEach(page -> payouts.put("%03d".formatted(page), "earned"));
  }

  synchronized FakePayroll toBeApproved() {
    stage = PayrollStage.APPROVAL;
    return this;
  }

  /** Somebody approves; {@code changed} times what is then frozen is something else. */
  synchronized void approve(int changed) {
    approved = true;
    changes = changed;
  }

  /** Changes the run's proposal, so that the approval no longer matches it. */
  synchronized void proposeOther() {
    approved = false;
  }

  synchronized void cancelled() {
    stage = PayrollStage.CANCELLED;
  }

  /** The period of a cancelled run is asked for again, and needs no approval any more. */
  synchronized void askAgain() {
    askedAgain = true;
  }

  /** The invariants sweep has paused the run, or an earlier workflow. */
  synchronized FakePayroll paused(String reason) {
    stage = PayrollStage.PAUSED;
    because = reason;
    return this;
  }

  synchronized FakePayroll failingToPropose(int times) {
    failedProposals = times;
    return this;
  }

  synchronized FakePayroll failingToFreeze(int times) {
    failedFreezes = times;
    return this;
  }

  /** The provider has transfers that the database does not know. */
  synchronized FakePayroll unknownTransfers(int count) {
    unknownTransfers = count;
    return this;
  }

  /** REST adopts a transfer, which pays the first payout that is left. */
  synchronized void adopt() {
    unknownTransfers--;
    adopted = true;
    payouts.entrySet().stream()
        .filter(payout -> payout.getValue().equals("frozen"))
        .findFirst()
        .orElseThrow()
        .setValue("paid");
  }

  synchronized FakePayroll failingReceipts(int times) {
    failedReceipts = times;
    return this;
  }

  /** Something else happens while a step runs, as {@code freeze 001}: once, before its effect. */
  FakePayroll during(String step, Runnable happening) {
    during.put(step, happening);
    return this;
  }

  private void happen(String step) {
    Runnable happening = during.remove(step);
    if (happening != null) {
      happening.run();
    }
  }

  /** The next page that is paid comes to this. */
  synchronized FakePayroll provider(Supplier<PayoutPage> answer) {
    answers.add(answer);
    return this;
  }

  /** A page of one payout of which the answer was lost. */
  static PayoutPage unknown() {
    return new PayoutPage(Counts.of("unknown", 1), null);
  }

  static PayoutPage withheld(String because) {
    return new PayoutPage(Counts.NONE, because);
  }

  /** Turns unknown payouts into paid ones. */
  synchronized void settle() {
    payouts.replaceAll((_, status) -> status.equals("unknown") ? "paid" : status);
  }

  synchronized String statuses() {
    return String.join(" ", payouts.values());
  }

  private RunState standing() {
    return new RunState(stage, because);
  }

  @Override
  public synchronized RunState begin(UUID runId) {
    done.add("begin");
    begun.add(runId);
    return standing();
  }

  @Override
  public void propose(UUID runId) {
    happen("propose");
    proposed();
  }

  private synchronized void proposed() {
    if (failedProposals-- > 0) {
      throw new IllegalStateException("statement timeout");
    }
    done.add("propose");
  }

  @Override
  public RunState applyApproval(UUID runId) {
    RunState looked = approvalApplied();
    happen("approval");
    return looked;
  }

  private synchronized RunState approvalApplied() {
    if (stage == PayrollStage.APPROVAL && approved) {
      stage = PayrollStage.FREEZE;
    }
    return standing();
  }

  @Override
  public synchronized RunState cancel(UUID runId, OperatorNote note) {
    if (stage == PayrollStage.APPROVAL) {
      cancelledBy.add(note);
      stage = PayrollStage.CANCELLED;
    }
    return standing();
  }

  @Override
  public synchronized UUID successor(UUID runId) {
    if (!askedAgain) {
      return runId;
    }
    stage = PayrollStage.FREEZE;
    return new UUID(0, 2);
  }

  @Override
  public synchronized PagePlan plan(UUID runId, @Nullable String after) {
    boolean paying = stage == PayrollStage.PAY || stage == PayrollStage.PAUSED;
    List<PageBoundary> cuts =
        payouts.entrySet().stream()
            .filter(payout -> payout.getValue().equals(paying ? "frozen" : "earned"))
            .filter(payout -> after == null || payout.getKey().compareTo(after) > 0)
            .limit(PagePlan.MOST)
            .map(payout -> new PageBoundary(payout.getKey(), 1))
            .toList();
    return new PagePlan(cuts, cuts.size() < PagePlan.MOST);
  }

  @Override
  public Counts freeze(UUID runId, KeyRange vendors) {
    happen("freeze " + vendors.upTo());
    return frozen(vendors);
  }

  private synchronized Counts frozen(KeyRange vendors) {
    if (failedFreezes-- > 0) {
      throw new IllegalStateException("deadlock detected");
    }
    done.add("freeze " + vendors.upTo());
    payouts.put(vendors.upTo(), "frozen");
    return Counts.of("frozen", 1);
  }

  @Override
  public RunState conclude(UUID runId) {
    happen("conclude");
    return concluded();
  }

  private synchronized RunState concluded() {
    done.add("conclude");
    if (changes-- > 0) {
      payouts.replaceAll((_, _) -> "earned");
      approved = false;
      stage = PayrollStage.APPROVAL;
    } else {
      stage = PayrollStage.PAY;
    }
    return standing();
  }

  @Override
  public synchronized Checked check(UUID runId, @Nullable String after) {
    done.add("check " + after);
    if (after == null && !checked) {
      return new Checked("tr_1", false);
    }
    checked = unknownTransfers == 0;
    return new Checked(null, adopted);
  }

  @Override
  public synchronized Hold hold(UUID runId) {
    return new Hold(unknownTransfers, "some", 7L, "USD");
  }

  @Override
  public synchronized RunState pay(UUID runId, boolean retried) {
    boolean isEnded = "operator".equals(because) ? !held : retried;
    if (stage == PayrollStage.PAUSED && isEnded) {
      stage = PayrollStage.PAY;
      because = null;
    }
    if (held) {
      var _ = pause(runId, "operator");
    }
    if (!checked) {
      var _ = pause(runId, "unknown-transfers");
    }
    return standing();
  }

  @Override
  public synchronized RunState pause(UUID runId, String why) {
    if (stage == PayrollStage.PAY && (held || !why.equals("operator"))) {
      done.add("pause " + why);
      stage = PayrollStage.PAUSED;
      because = why;
    }
    return standing();
  }

  @Override
  public synchronized boolean hold(UUID runId, OperatorNote note) {
    if (stage == PayrollStage.COMPLETED || stage == PayrollStage.CANCELLED) {
      return false;
    }
    held = true;
    var _ = pause(runId, "operator");
    return true;
  }

  @Override
  public synchronized boolean resume(UUID runId) {
    boolean was = held;
    held = false;
    return was;
  }

  @Override
  public PayoutPage pay(UUID runId, KeyRange range) {
    happen("pay " + range.upTo());
    return paid(range);
  }

  private synchronized PayoutPage paid(KeyRange range) {
    if (stage == PayrollStage.PAUSED && because != null) {
      return withheld(because);
    }
    Supplier<PayoutPage> answer = answers.poll();
    PayoutPage paid = answer == null ? new PayoutPage(Counts.of("paid", 1), null) : answer.get();
    done.add("pay " + range.upTo());
    if (paid.pauseReason() == null) {
      payouts.put(range.upTo(), paid.counts().equals(Counts.of("unknown", 1)) ? "unknown" : "paid");
    }
    return paid;
  }

  @Override
  public synchronized Remaining finish(UUID runId) {
    int toPay = Collections.frequency(payouts.values(), "frozen");
    int unknown = Collections.frequency(payouts.values(), "unknown");
    if (toPay + unknown == 0) {
      stage = PayrollStage.COMPLETED;
    }
    return new Remaining(stage, toPay, unknown);
  }

  @Override
  public synchronized PageOutcome write(UUID runId, KeyRange range) {
    if (failedReceipts-- > 0) {
      throw new IllegalStateException("no font");
    }
    done.add("receipts " + range.upTo());
    return new PageOutcome(Counts.of("receipts", 1), null);
  }

  @Override
  public PayoutResult payOne(UUID payoutId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean cancel(UUID payoutId, String by) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void writeOne(UUID payoutId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void open(AttentionItem item, @Nullable UUID id) {
    opened.add(item);
  }

  @Override
  public void resolve(Resolution resolution) {
    resolved.add(resolution);
  }

  @Override
  public void record(SignalRecord signal) {
    recorded.add(signal);
  }
}
