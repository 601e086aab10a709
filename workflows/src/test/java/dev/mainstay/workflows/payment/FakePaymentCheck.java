package dev.mainstay.workflows.payment;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps;
import dev.mainstay.workflows.process.Claimed;
import io.temporal.activity.Activity;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A provider that does what a test tells it, in order, and then confirms. */
final class FakePaymentCheck implements PaymentCheckSteps, AttentionSteps {

  /** The queues on which it was asked. */
  final Queue<String> asked = new ConcurrentLinkedQueue<>();

  final Queue<AttentionItem> opened = new ConcurrentLinkedQueue<>();
  final Queue<SignalRecord> recorded = new ConcurrentLinkedQueue<>();
  final Queue<Resolution> resolved = new ConcurrentLinkedQueue<>();
  private final Queue<Supplier<Optional<String>>> answers = new ArrayDeque<>();

  synchronized void answer(Supplier<Optional<String>> answer, int times) {
    Collections.nCopies(times, answer).forEach(answers::add);
  }

  @Override
  public synchronized Optional<String> check(Claimed<PaymentCheckIntake> payment) {
    asked.add(Activity.getExecutionContext().getInfo().getActivityTaskQueue());
    Supplier<Optional<String>> answer = answers.poll();
    return answer == null ? Optional.empty() : answer.get();
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
