package dev.mainstay.api.schedule;

import com.google.protobuf.Timestamp;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.schedule.Schedule.Action;
import dev.mainstay.api.schedule.Schedule.Run;
import dev.mainstay.api.schedule.Schedule.State;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.schedule.v1.BackfillRequest;
import io.temporal.api.schedule.v1.ScheduleInfo;
import io.temporal.api.schedule.v1.SchedulePatch;
import io.temporal.api.schedule.v1.TriggerImmediatelyRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import io.temporal.api.workflowservice.v1.ListScheduleMatchingTimesRequest;
import io.temporal.api.workflowservice.v1.PatchScheduleRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * The Schedules of Temporal, the same that {@code temporal schedule} shows, by the calls
 * themselves: the SDK's client lists no future times, and triggers without naming the run.
 *
 * <p>A missing Schedule is a {@link Refusal}, an unavailable Temporal a {@link
 * StatusRuntimeException}.
 */
@Component
class TemporalSchedules {

  /** Temporal's own limit for listed times and buffered actions. */
  static final int MAX_TIMES = 1_000;

  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final Duration TICK = Duration.ofMillis(1);
  private static final int MAX_POLLS = 20;

  private final WorkflowClient client;

  TemporalSchedules(WorkflowClient client) {
    this.client = client;
  }

  State state(String id) {
    DescribeScheduleResponse described = describe(id);
    var state = described.getSchedule().getState();
    ScheduleInfo info = described.getInfo();
    return new State(
        state.getPaused(),
        state.getNotes(),
        state.getPaused()
            ? List.of()
            : info.getFutureActionTimesList().stream().map(TemporalSchedules::instant).toList(),
        running(info),
        info.getRecentActionsList().stream()
            .map(action ->
                new Action(
                    instant(action.getScheduleTime()),
                    instant(action.getActualTime()),
                    action.getStartWorkflowResult().getWorkflowId(),
                    action.getStartWorkflowResult().getRunId()))
            .toList(),
        info.getMissedCatchupWindow(),
        info.getOverlapSkipped());
  }

  void pause(String id, String note) {
    patch(id, SchedulePatch.newBuilder().setPause(note));
  }

  void resume(String id, String note) {
    patch(id, SchedulePatch.newBuilder().setUnpause(note));
  }

  /**
   * Has the Schedule act now, unless one of its runs is open.
   *
   * @param workflowId of its runs, without the nominal time
   * @param now the nominal time, in whole seconds, which names the run
   */
  TriggerResponse trigger(String id, String workflowId, Instant now) {
    State before = state(id);
    if (!before.running().isEmpty()) {
      return TriggerResponse.joined(id, before.running().getFirst());
    }
    patch(
        id,
        SchedulePatch.newBuilder()
            .setTriggerImmediately(
                TriggerImmediatelyRequest.newBuilder()
                    .setScheduledTime(timestamp(now))
                    .setOverlapPolicy(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)));
    // The server answers when it has taken the patch in, and so nearly always at the first look.
    for (int i = 0; i < MAX_POLLS; i++) {
      State after = state(id);
      for (Action action : after.recent()) {
        if (action.nominalAt().equals(now) && !before.recent().contains(action)) {
          return TriggerResponse.started(id, new Run(action.workflowId(), action.runId()));
        }
      }
      if (after.skipped() > before.skipped() && !after.running().isEmpty()) {
        return TriggerResponse.joined(id, after.running().getFirst());
      }
    }
    return new TriggerResponse(id, workflowId + "-" + now, null, false);
  }

  /** Has it act for each of its times in a range, one run after the other. */
  void backfill(String id, Instant from, Instant to) {
    patch(
        id,
        SchedulePatch.newBuilder()
            .addBackfillRequest(
                BackfillRequest.newBuilder()
                    .setStartTime(timestamp(from.minus(TICK)))
                    .setEndTime(timestamp(to.minus(TICK)))
                    .setOverlapPolicy(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL)));
  }

  /** The first of its times in a range, whether it is paused or not; at most 1,000. */
  List<Instant> firstTimes(String id, Instant from, Instant to) {
    return call(() ->
            calls()
                .listScheduleMatchingTimes(
                    ListScheduleMatchingTimesRequest.newBuilder()
                        .setNamespace(namespace())
                        .setScheduleId(id)
                        .setStartTime(timestamp(from.minus(TICK)))
                        .setEndTime(timestamp(to.minus(TICK)))
                        .build()))
        .getStartTimeList()
        .stream()
        .map(TemporalSchedules::instant)
        .toList();
  }

  /** All of its times in a range. */
  List<Instant> times(String id, Instant from, Instant to) {
    List<Instant> times = new ArrayList<>();
    List<Instant> more = firstTimes(id, from, to);
    times.addAll(more);
    while (more.size() == MAX_TIMES) {
      more = firstTimes(id, more.getLast().plusSeconds(1), to);
      times.addAll(more);
    }
    return times;
  }

  /** The zone that the server works its local times out in. */
  String zone(String id) {
    return describe(id).getSchedule().getSpec().getTimezoneName();
  }

  private DescribeScheduleResponse describe(String id) {
    return call(() ->
        calls()
            .describeSchedule(
                DescribeScheduleRequest.newBuilder()
                    .setNamespace(namespace())
                    .setScheduleId(id)
                    .build()));
  }

  private void patch(String id, SchedulePatch.Builder patch) {
    var _ =
        call(() ->
            calls()
                .patchSchedule(
                    PatchScheduleRequest.newBuilder()
                        .setNamespace(namespace())
                        .setScheduleId(id)
                        .setPatch(patch)
                        .setIdentity(client.getOptions().getIdentity())
                        .setRequestId(UUID.randomUUID().toString())
                        .build()));
  }

  private static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        throw Refusal.conflict(
            "schedule-missing",
            "Temporal has no such schedule: a worker host that starts creates it");
      }
      throw e;
    }
  }

  private WorkflowServiceBlockingStub calls() {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private String namespace() {
    return client.getOptions().getNamespace();
  }

  private static List<Run> running(ScheduleInfo info) {
    return info.getRunningWorkflowsList().stream().map(TemporalSchedules::run).toList();
  }

  private static Run run(WorkflowExecution execution) {
    return new Run(execution.getWorkflowId(), execution.getRunId());
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  private static Instant instant(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }
}
