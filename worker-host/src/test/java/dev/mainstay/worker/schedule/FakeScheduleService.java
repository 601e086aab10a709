package dev.mainstay.worker.schedule;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.namespace.v1.NamespaceInfo;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.workflowservice.v1.CreateScheduleRequest;
import io.temporal.api.workflowservice.v1.CreateScheduleResponse;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.DescribeScheduleRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.UpdateScheduleRequest;
import io.temporal.api.workflowservice.v1.UpdateScheduleResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Temporal that keeps Schedules as the real one does: a second creation is refused, an update
 * whose conflict token is stale is dropped without a word.
 */
final class FakeScheduleService extends WorkflowServiceImplBase implements AutoCloseable {

  private final Map<String, Kept> schedules = new ConcurrentHashMap<>();
  private final AtomicInteger updates = new AtomicInteger();
  private final Server server;
  private final ManagedChannel channel;
  private final WorkflowServiceStubs stubs;
  private volatile Runnable beforeUpdate = () -> {};
  private volatile boolean away;
  private volatile String namespaceId = "first";

  FakeScheduleService() {
    String name = InProcessServerBuilder.generateName();
    try {
      server = InProcessServerBuilder.forName(name).addService(this).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = InProcessChannelBuilder.forName(name).build();
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setChannel(channel).build());
  }

  WorkflowClient client() {
    return WorkflowClient.newInstance(stubs);
  }

  void away(boolean isAway) {
    away = isAway;
  }

  /** Has lost its database: the namespace was registered again, and has no Schedules. */
  void loseDatabase() {
    namespaceId = "second";
    schedules.clear();
  }

  /** Runs once, between a host's look and its update. */
  void beforeNextUpdate(Runnable action) {
    beforeUpdate = action;
  }

  Map<String, Kept> schedules() {
    return schedules;
  }

  Schedule schedule(String id) {
    Kept kept = schedules.get(id);
    if (kept == null) {
      throw new AssertionError("There is no schedule " + id);
    }
    return kept.schedule();
  }

  /** How many updates were taken, not dropped. */
  int updates() {
    return updates.get();
  }

  /** Pauses a Schedule as an operator does by {@code temporal schedule toggle --pause}. */
  void pause(String id, String reason) {
    schedules.computeIfPresent(
        id,
        (_, kept) -> {
          Schedule.Builder paused = kept.schedule().toBuilder();
          paused.getStateBuilder().setPaused(true).setNotes(reason);
          return new Kept(paused.build(), kept.version() + 1);
        });
  }

  @Override
  public void getSystemInfo(
      GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
    answer.onNext(GetSystemInfoResponse.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public void describeNamespace(
      DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> answer) {
    if (away) {
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    answer.onNext(
        DescribeNamespaceResponse.newBuilder()
            .setNamespaceInfo(NamespaceInfo.newBuilder().setId(namespaceId))
            .build());
    answer.onCompleted();
  }

  @Override
  public void createSchedule(
      CreateScheduleRequest request, StreamObserver<CreateScheduleResponse> answer) {
    if (schedules.putIfAbsent(request.getScheduleId(), new Kept(request.getSchedule(), 1))
        != null) {
      answer.onError(Status.ALREADY_EXISTS.asRuntimeException());
      return;
    }
    answer.onNext(CreateScheduleResponse.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public void describeSchedule(
      DescribeScheduleRequest request, StreamObserver<DescribeScheduleResponse> answer) {
    Kept kept = schedules.get(request.getScheduleId());
    if (away || kept == null) {
      answer.onError((away ? Status.UNAVAILABLE : Status.NOT_FOUND).asRuntimeException());
      return;
    }
    answer.onNext(
        DescribeScheduleResponse.newBuilder()
            .setSchedule(kept.schedule())
            .setConflictToken(kept.token())
            .build());
    answer.onCompleted();
  }

  @Override
  public void updateSchedule(
      UpdateScheduleRequest request, StreamObserver<UpdateScheduleResponse> answer) {
    Runnable before = beforeUpdate;
    beforeUpdate = () -> {};
    before.run();
    schedules.computeIfPresent(
        request.getScheduleId(),
        (_, kept) -> {
          if (!kept.token().equals(request.getConflictToken())) {
            return kept;
          }
          updates.incrementAndGet();
          return new Kept(request.getSchedule(), kept.version() + 1);
        });
    answer.onNext(UpdateScheduleResponse.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    channel.shutdownNow();
    server.shutdownNow();
  }

  /** A schedule and how often it was changed. */
  record Kept(Schedule schedule, int version) {

    ByteString token() {
      return ByteString.copyFromUtf8(Integer.toString(version));
    }
  }
}
