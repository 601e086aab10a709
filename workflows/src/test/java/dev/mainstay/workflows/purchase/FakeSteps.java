package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps;
import dev.mainstay.workflows.step.DatabaseSteps;
import dev.mainstay.workflows.step.Failures;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Steps that do as the test says, in order, and then succeed; they keep the calls they received.
 */
final class FakeSteps implements PurchaseSteps, TrainerFreeSteps, AttentionSteps, DatabaseSteps {

  /** The calls so far, as {@code create local} or {@code create ordinary}. */
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  final Queue<AttentionItem> opened = new ConcurrentLinkedQueue<>();
  final Queue<UUID> openedIds = new ConcurrentLinkedQueue<>();
  final Queue<Resolution> resolved = new ConcurrentLinkedQueue<>();
  final Queue<SignalRecord> recorded = new ConcurrentLinkedQueue<>();
  private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
  private final Map<String, Runnable> during = new ConcurrentHashMap<>();
  private volatile boolean cached;
  private volatile Allocator allocator = Allocator.BUILT_IN;
  private volatile List<String> waiting = List.of();

  /** An outcome of a step other than success. */
  sealed interface Answer {
    /** It refuses every purchase. */
    record Refuses(Reason reason) implements Answer {}

    /** It fails as a step with a bug does. */
    record Fails(String message) implements Answer {}

    /** It could not reach the database. */
    record Away() implements Answer {}
  }

  FakeSteps answer(String step, Answer... inOrder) {
    answers.computeIfAbsent(step, _ -> new ArrayDeque<>()).addAll(List.of(inOrder));
    return this;
  }

  FakeSteps answer(String step, int times, Answer each) {
    for (int i = 0; i < times; i++) {
      answer(step, each);
    }
    return this;
  }

  /** Runs the event once while the step is under way. */
  FakeSteps during(String step, Runnable event) {
    during.put(step, event);
    return this;
  }

  FakeSteps withCaches() {
    cached = true;
    return this;
  }

  FakeSteps withAdminService() {
    allocator = Allocator.ADMIN_SERVICE;
    return this;
  }

  FakeSteps whoWaits(String... workflowIds) {
    waiting = List.of(workflowIds);
    return this;
  }

  long asked(String step) {
    return asked.stream().filter(call -> call.startsWith(step + " ")).count();
  }

  @Override
  public Created create(Purchases purchases) {
    return new Created(perform("create", purchases), cached, allocator);
  }

  @Override
  public Outcome allocate(Purchases purchases) {
    return new Outcome(perform("allocate", purchases));
  }

  @Override
  public Outcome schedule(Purchases purchases) {
    return new Outcome(perform("schedule", purchases));
  }

  @Override
  public void invalidateCaches(Purchases purchases) {
    perform("invalidateCaches", purchases);
  }

  @Override
  public void splitOff(Purchases purchases) {
    perform("splitOff", purchases);
  }

  @Override
  public Outcome assignTrainer(Purchases purchase, UUID vendorId) {
    return new Outcome(perform("assignTrainer", purchase));
  }

  @Override
  public void requeue(Purchases purchases) {
    perform("requeue", purchases);
  }

  @Override
  public void cancel(Purchases purchases) {
    perform("cancel", purchases);
  }

  @Override
  public Waiting whoWaits(TrainerFreeWorkflow.Input free) {
    perform("whoWaits", new Purchases(List.of(), Carrier.ALONE));
    return new Waiting(waiting);
  }

  @Override
  public void open(AttentionItem item, @Nullable UUID id) {
    opened.add(item);
    openedIds.add(Objects.requireNonNull(id));
  }

  @Override
  public void resolve(Resolution resolution) {
    resolved.add(resolution);
  }

  @Override
  public void record(SignalRecord signal) {
    recorded.add(signal);
  }

  @Override
  public void awaitDatabase() {
    perform("awaitDatabase", new Purchases(List.of(), Carrier.ALONE));
  }

  private synchronized List<Refusal> perform(String step, Purchases purchases) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    asked.add(step + (context.getInfo().isLocal() ? " local" : " ordinary"));
    Runnable event = during.remove(step);
    if (event != null) {
      event.run();
    }
    Queue<Answer> queue = answers.get(step);
    Answer answer = queue == null ? null : queue.poll();
    return switch (answer) {
      case null -> List.of();
      case Answer.Refuses refuses ->
          purchases.ids().stream().map(id -> new Refusal(id, refuses.reason())).toList();
      case Answer.Fails fails -> throw new IllegalStateException(fails.message());
      case Answer.Away _ ->
          throw ApplicationFailure.newFailure(
              "away", Failures.DATABASE_UNAVAILABLE, context.getInfo().getAttempt());
    };
  }
}
