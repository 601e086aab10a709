package dev.mainstay.worker.schedule;

import com.google.protobuf.Duration;
import dev.mainstay.db.Sha256;
import dev.mainstay.worker.module.ScheduleDefinition;
import dev.mainstay.worker.module.Timing;
import dev.mainstay.workflows.SearchAttributes;
import io.temporal.api.common.v1.Memo;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.schedule.v1.IntervalSpec;
import io.temporal.api.schedule.v1.Range;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.ScheduleAction;
import io.temporal.api.schedule.v1.SchedulePolicies;
import io.temporal.api.schedule.v1.ScheduleSpec;
import io.temporal.api.schedule.v1.ScheduleState;
import io.temporal.api.schedule.v1.StructuredCalendarSpec;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflow.v1.NewWorkflowExecutionInfo;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.LocalTime;
import java.util.HexFormat;

/**
 * A definition as Temporal takes it. The definition's fingerprint travels in the memo of the runs
 * that it starts, so that it can be seen whether a Schedule is up to date, whatever form the server
 * keeps it in.
 */
final class WantedSchedule {

  private static final String FINGERPRINT = "definition";

  private final ScheduleDefinition definition;
  private final Schedule schedule;

  /**
   * @param process what its runs are found by
   * @param definition with its zone
   */
  WantedSchedule(String process, ScheduleDefinition definition) {
    this.definition = definition;
    ScheduleAction.Builder action = action(process, definition);
    Schedule.Builder built =
        Schedule.newBuilder()
            .setSpec(spec(definition))
            .setAction(action)
            .setPolicies(
                SchedulePolicies.newBuilder()
                    .setOverlapPolicy(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                    .setCatchupWindow(duration(definition.catchUp())));
    String fingerprint =
        HexFormat.of().formatHex(Sha256.digest().digest(built.build().toByteArray()), 0, 8);
    action
        .getStartWorkflowBuilder()
        .setMemo(Memo.newBuilder().putFields(FINGERPRINT, payload(fingerprint)));
    this.schedule = built.setAction(action).build();
  }

  String id() {
    return definition.id();
  }

  ScheduleDefinition definition() {
    return definition;
  }

  /** The whole of it, in the state given. */
  Schedule in(ScheduleState state) {
    return schedule.toBuilder().setState(state).build();
  }

  /** Whether a Schedule on the server was made from this very definition. */
  boolean isIn(Schedule existing) {
    return fingerprint(existing).equals(fingerprint(schedule));
  }

  private static Payload fingerprint(Schedule schedule) {
    return schedule
        .getAction()
        .getStartWorkflow()
        .getMemo()
        .getFieldsOrDefault(FINGERPRINT, Payload.getDefaultInstance());
  }

  private static ScheduleAction.Builder action(String process, ScheduleDefinition definition) {
    return ScheduleAction.newBuilder()
        .setStartWorkflow(
            NewWorkflowExecutionInfo.newBuilder()
                .setWorkflowId(definition.workflowId())
                .setWorkflowType(WorkflowType.newBuilder().setName(definition.workflowType()))
                .setTaskQueue(TaskQueue.newBuilder().setName(definition.queue()))
                .setWorkflowExecutionTimeout(duration(definition.timeout()))
                .setSearchAttributes(
                    io.temporal.api.common.v1.SearchAttributes.newBuilder()
                        .putIndexedFields(SearchAttributes.PROCESS.getName(), payload(process))));
  }

  private static ScheduleSpec spec(ScheduleDefinition definition) {
    ScheduleSpec.Builder spec =
        ScheduleSpec.newBuilder().setTimezoneName(definition.zone().orElseThrow().getId());
    switch (definition.timing()) {
      case Timing.Every every ->
          spec.addInterval(IntervalSpec.newBuilder().setInterval(duration(every.interval())));
      case Timing.Daily daily -> spec.addStructuredCalendar(anyDay(daily.at()));
      case Timing.Weekly weekly ->
          spec.addStructuredCalendar(
              // Sunday is 0 there
              anyDay(weekly.at()).clearDayOfWeek().addDayOfWeek(only(weekly.day().getValue() % 7)));
      case Timing.Monthly monthly ->
          spec.addStructuredCalendar(
              anyDay(monthly.at()).clearDayOfMonth().addDayOfMonth(only(monthly.day())));
    }
    return spec.build();
  }

  private static StructuredCalendarSpec.Builder anyDay(LocalTime at) {
    return StructuredCalendarSpec.newBuilder()
        .addSecond(only(at.getSecond()))
        .addMinute(only(at.getMinute()))
        .addHour(only(at.getHour()))
        .addDayOfMonth(range(1, 31))
        .addMonth(range(1, 12))
        .addDayOfWeek(range(0, 6));
  }

  private static Range range(int from, int to) {
    return Range.newBuilder().setStart(from).setEnd(to).setStep(1).build();
  }

  private static Range only(int value) {
    return range(value, value);
  }

  private static Duration duration(java.time.Duration duration) {
    return Duration.newBuilder().setSeconds(duration.toSeconds()).build();
  }

  private static Payload payload(String text) {
    // Not the client's converter: both are read where no codec is.
    return DefaultDataConverter.STANDARD_INSTANCE.toPayload(text).orElseThrow();
  }
}
