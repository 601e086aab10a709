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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A payout whose provider does what a test tells it, in order, and then pays. */
final class FakePayout implements PayoutSteps, PayoutCaseSteps, ReceiptSteps, AttentionSteps {

  static final Paid PAID = new Paid(Outcome.PAID, "");

  final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  final Queue<AttentionItem> opened = new ConcurrentLinkedQueue<>();
  final Queue<SignalRecord> recorded = new ConcurrentLinkedQueue<>();
  final Queue<Resolution> resolved = new ConcurrentLinkedQueue<>();
  private final Queue<Supplier<Paid>> answers = new ArrayDeque<>();
  private volatile Paid state = PAID;
  private volatile boolean cancellable = true;

  /** How it stands with it when its run begins. */
  void is(Outcome outcome, String why) {
    state = new Paid(outcome, why);
  }

  /** What the provider says, so often. */
  synchronized void provider(Supplier<Paid> answer, int times) {
    Collections.nCopies(times, answer).forEach(answers::add);
  }

  void wasPaidAfterAll() {
    cancellable = false;
  }

  @Override
  public Paid look(UUID payoutId) {
    asked.add("look");
    return state;
  }

  @Override
  public boolean reopen(UUID payoutId) {
    asked.add("reopen");
    return true;
  }

  @Override
  public synchronized Paid payOne(UUID payoutId) {
    asked.add("pay");
    Supplier<Paid> answer = answers.poll();
    return answer == null ? PAID : answer.get();
  }

  @Override
  public boolean cancel(UUID payoutId) {
    asked.add("cancel");
    if (!cancellable) {
      state = PAID;
    }
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
  public PaidPage pay(UUID runId, KeyRange payouts) {
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
    resolved.add(resolution);
  }
}
