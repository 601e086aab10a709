package dev.mainstay.workflows.refund;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps;
import io.temporal.activity.Activity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Steps and a provider that do as the test says, in order, and then succeed. */
final class FakeRefund implements RefundSteps, RefundPayments, AttentionSteps {

  /** The calls so far, as {@code book local} or {@code ask payments}. */
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  final Queue<AttentionItem> opened = new ConcurrentLinkedQueue<>();
  final Queue<SignalRecord> recorded = new ConcurrentLinkedQueue<>();
  final Queue<Resolution> resolved = new ConcurrentLinkedQueue<>();
  private final Queue<Supplier<Answer>> answers = new ArrayDeque<>();
  private final Queue<Supplier<Booked>> bookings = new ArrayDeque<>();

  /** Runs while the request is being cancelled. */
  volatile Supplier<Answer> cancelling = () -> new Answer(Outcome.CANCELLED, "");

  synchronized void provider(Supplier<Answer> answer, int times) {
    Collections.nCopies(times, answer).forEach(answers::add);
  }

  synchronized void booking(Supplier<Booked> booking, int times) {
    Collections.nCopies(times, booking).forEach(bookings::add);
  }

  @Override
  public synchronized Answer ask(UUID requestId) {
    asked.add("ask " + Activity.getExecutionContext().getInfo().getActivityTaskQueue());
    Supplier<Answer> answer = answers.poll();
    return answer == null ? new Answer(Outcome.ARRIVED, "") : answer.get();
  }

  @Override
  public synchronized Booked book(Refund refund) {
    asked.add(
        "book " + (Activity.getExecutionContext().getInfo().isLocal() ? "local" : "ordinary"));
    Supplier<Booked> booking = bookings.poll();
    return booking == null ? new Booked(new UUID(0, 1)) : booking.get();
  }

  @Override
  public Answer cancel(UUID requestId) {
    asked.add("cancel " + Activity.getExecutionContext().getInfo().getActivityTaskQueue());
    return cancelling.get();
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
