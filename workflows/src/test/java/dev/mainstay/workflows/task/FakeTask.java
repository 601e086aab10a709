package dev.mainstay.workflows.task;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps;
import dev.mainstay.workflows.task.TaskWorkflow.Result;
import io.temporal.activity.Activity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Steps, files and a mail that do as the test says, in order, and then succeed. */
final class FakeTask implements TaskSteps, TaskFiles, TaskMail, AttentionSteps {

  /** The calls so far, as {@code begin processes}. */
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  final Queue<AttentionItem> opened = new ConcurrentLinkedQueue<>();
  final Queue<SignalRecord> recorded = new ConcurrentLinkedQueue<>();
  final Queue<Resolution> resolved = new ConcurrentLinkedQueue<>();

  /** The outcomes of sending and making, as long as there are any; after that they succeed. */
  final Queue<Supplier<Result>> mails = new ConcurrentLinkedQueue<>();

  final Queue<Supplier<Boolean>> files = new ConcurrentLinkedQueue<>();

  volatile boolean wanted = true;

  static <T> Supplier<T> failing() {
    return () -> {
      throw new IllegalStateException("not reached");
    };
  }

  @Override
  public boolean begin(UUID taskId) {
    note("begin");
    return wanted;
  }

  @Override
  public boolean make(UUID taskId) {
    note("make");
    Supplier<Boolean> file = files.poll();
    return file == null || file.get();
  }

  @Override
  public Result send(UUID taskId) {
    note("send");
    Supplier<Result> mail = mails.poll();
    return mail == null ? Result.COMPLETED : mail.get();
  }

  @Override
  public Result end(UUID taskId, Ending ending) {
    note("end " + ending);
    return ending == Ending.TIMED_OUT ? Result.FAILED : Result.CANCELLED;
  }

  private void note(String what) {
    asked.add(what + " " + Activity.getExecutionContext().getInfo().getActivityTaskQueue());
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
