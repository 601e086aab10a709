package dev.mainstay.workflows.notification;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps;
import io.temporal.activity.Activity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Two messages by e-mail, one by each other channel, over gateways that fail as the test says. */
final class FakeNotification implements NotificationSteps, MessageSteps, AttentionSteps {

  static final Plan PLAN =
      new Plan(
          List.of(
              new Batch(Channel.EMAIL, List.of(new UUID(0, 1), new UUID(0, 2))),
              new Batch(Channel.SMS, List.of(new UUID(0, 3))),
              new Batch(Channel.PUSH, List.of(new UUID(0, 4)))),
          0);

  /** The calls so far, as {@code plan local} or {@code send sms messages-sms}. */
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  final Queue<AttentionItem> opened = new ConcurrentLinkedQueue<>();
  final Queue<Resolution> resolved = new ConcurrentLinkedQueue<>();
  final Queue<SignalRecord> recorded = new ConcurrentLinkedQueue<>();
  private final Map<Channel, Integer> failures = new EnumMap<>(Channel.class);
  private Plan plan = PLAN;
  private boolean planFails;

  synchronized void fail(Channel channel, int times) {
    failures.put(channel, times);
  }

  synchronized void failPlan() {
    planFails = true;
  }

  synchronized void plan(Plan other) {
    plan = other;
  }

  @Override
  public synchronized Plan plan(Notification notification) {
    boolean local = Activity.getExecutionContext().getInfo().isLocal();
    asked.add("plan " + (local ? "local" : "ordinary"));
    return plan;
  }

  @Override
  public synchronized Plan planAll(List<UUID> intakeIds) {
    asked.add("plan " + intakeIds.size());
    if (planFails) {
      throw new IllegalStateException("as told");
    }
    return plan;
  }

  @Override
  public int requeue(List<UUID> intakeIds) {
    asked.add("hand back " + intakeIds.size());
    return 1;
  }

  @Override
  public void suppress(List<UUID> messages, String because) {
    asked.add("suppress " + messages.size() + " " + because);
  }

  @Override
  public synchronized int send(Batch batch) {
    var queue = Activity.getExecutionContext().getInfo().getActivityTaskQueue();
    asked.add("send " + batch.channel().text() + " " + queue);
    int left = failures.getOrDefault(batch.channel(), 0);
    if (left > 0) {
      failures.put(batch.channel(), left - 1);
      throw new IllegalStateException(batch.channel().text() + ": 1 not sent, as told");
    }
    return batch.messages().size();
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
