package dev.mainstay.worker.schedule;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.ScheduleState;
import io.temporal.api.workflowservice.v1.CreateScheduleRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import io.temporal.api.workflowservice.v1.UpdateScheduleRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The server's Schedules, by the calls themselves: the SDK's own client updates without a conflict
 * token, and so could undo the pause that an operator sets in the same moment.
 */
final class ScheduleServer {

  private static final long DEADLINE_SECONDS = 10;

  private final WorkflowClient client;

  ScheduleServer(WorkflowClient client) {
    this.client = client;
  }

  /** The id of the namespace, which is another one after the server's database was lost. */
  String namespaceId() {
    return calls()
        .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(namespace()).build())
        .getNamespaceInfo()
        .getId();
  }

  Optional<Existing> find(String id) {
    try {
      DescribeScheduleResponse found =
          calls()
              .describeSchedule(
                  DescribeScheduleRequest.newBuilder()
                      .setNamespace(namespace())
                      .setScheduleId(id)
                      .build());
      return Optional.of(new Existing(found.getSchedule(), found.getConflictToken()));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Creates it, unless another host just did. */
  void create(String id, Schedule schedule) {
    try {
      var _ =
          calls()
              .createSchedule(
                  CreateScheduleRequest.newBuilder()
                      .setNamespace(namespace())
                      .setScheduleId(id)
                      .setSchedule(schedule)
                      .setIdentity(client.getOptions().getIdentity())
                      .setRequestId(UUID.randomUUID().toString())
                      .build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw e;
      }
    }
  }

  /** Asks for the update; the server drops it without a word if the Schedule changed meanwhile. */
  void update(String id, Schedule schedule, Existing before) {
    var _ =
        calls()
            .updateSchedule(
                UpdateScheduleRequest.newBuilder()
                    .setNamespace(namespace())
                    .setScheduleId(id)
                    .setSchedule(schedule)
                    .setConflictToken(before.conflictToken())
                    .setIdentity(client.getOptions().getIdentity())
                    .setRequestId(UUID.randomUUID().toString())
                    .build());
  }

  private WorkflowServiceBlockingStub calls() {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  private String namespace() {
    return client.getOptions().getNamespace();
  }

  /** A Schedule as it is on the server. */
  record Existing(Schedule schedule, ByteString conflictToken) {

    ScheduleState state() {
      return schedule.getState();
    }
  }
}
