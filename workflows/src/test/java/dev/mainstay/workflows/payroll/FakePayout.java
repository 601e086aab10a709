package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.PagePlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A payout whose provider gives the test's answers, in order, and then pays. */
final class FakePayout implements PayoutSteps, PayoutCaseSteps, ReceiptSteps, AttentionSteps {

  static final PayoutResult PAID = new PayoutResult(Outcome.PAID, "");

  final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  final Queue<AttentionItem> opened = new ConcurrentLinkedQueue<>();
  final Queue<SignalRecord> recorded = new ConcurrentLinkedQueue<>();
  final Queue<Resolution> resolved = new ConcurrentLinkedQueue<>();
  private final Queue<Supplier<PayoutResult>> answers = new ArrayDeque<>();
  private final AtomicReference<Runnable> duringResolve = new AtomicReference<>(() -> {});
  private volatile PayoutResult state = PAID;
  private volatile boolean cancellable = true;

  /** How it stands with it when its run begins. */
  void is(Outcome outcome, String why) {
    state = new PayoutResult(outcome, why);
  }

  /** Makes the provider give this answer for the given number of calls. */
  synchronized void provider(Supplier<PayoutResult> answer, int times) {
    Collections.nCopies(times, answer).forEach(answers::add);
  }

  /** Something else happens while an item is resolved, once. */
  void duringResolve(Runnable happening) {
    duringResolve.set(happening);
  }

  void wasPaidAfterAll() {
    cancellable = false;
  }

  @Override
  public PayoutResult look(UUID payoutId) {
    asked.add("look");
    return state;
  }

  @Override
  public boolean reopen(UUID payoutId) {
    asked.add("reopen");
    return true;
  }

  @Override
  public synchronized PayoutResult payOne(UUID payoutId) {
    asked.add("pay");
    Supplier<PayoutResult> answer = answers.poll();
    return answer == null ? PAID : answer.get();
  }

  @Override
  public boolean cancel(UUID payoutId, String by) {
    asked.add("cancel");
    state = cancellable ? new PayoutResult(Outcome.CANCELLED, "cancelled") : PAID;
    return cancellable;
  }

  @Override
  public void writeOne(UUID payoutId) {
    asked.add("receipt");
  }

  @Override
  public PagePlan plan(UUID runId, @Nullable String after) {
    throw new AssertionError("no page is planned for one payout");
  }

  @Override
  public PayoutPage pay(UUID runId, KeyRange payouts) {
    throw new AssertionError("no page is paid for one payout");
  }

  @Override
  public PageOutcome write(UUID runId, KeyRange payouts) {
    throw new AssertionError("no page of receipts is written for one payout");
  }

  @Override
  public void open(AttentionItem item, @Nullable UUID id) {
    opened.add(item);
  }

  @Override
  public void record(SignalRecord signal) {
    recorded.add(signal);
  }

  @Override
  public void resolve(Resolution resolution) {
    duringResolve.getAndSet(() -> {}).run();
    resolved.add(resolution);
  }
}
