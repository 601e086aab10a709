package dev.mainstay.worker.observation;

import static java.util.Objects.requireNonNull;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.AddSearchAttributesResponse;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesResponse;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceImplBase;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Temporal's server for tests on a port of its own, where a whole host can connect. It cannot list
 * search attributes; that is added here.
 */
public final class TestTemporal implements AutoCloseable {

  private final TestServicesStarter services = new TestServicesStarter(true, 0);
  private final Server server;
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();

  public TestTemporal() throws IOException {
    HealthStatusManager health = new HealthStatusManager();
    ServerBuilder<?> builder =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(health.getHealthService())
            .intercept(counting());
    for (BindableService service : services.getServices()) {
      builder.addService(
          service instanceof OperatorServiceImplBase operator ? new Operator(operator) : service);
      health.setStatus(
          service.bindService().getServiceDescriptor().getName(), ServingStatus.SERVING);
    }
    server = builder.build().start();
  }

  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** How often clients have called each method so far, as {@code StartWorkflowExecution}. */
  public Map<String, Integer> calls() {
    return new TreeMap<>(calls);
  }

  private ServerInterceptor counting() {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        calls.merge(
            requireNonNull(call.getMethodDescriptor().getBareMethodName()), 1, Integer::sum);
        return next.startCall(call, headers);
      }
    };
  }

  @Override
  public void close() {
    server.shutdownNow();
    services.close();
  }

  private static final class Operator extends OperatorServiceImplBase {

    private final OperatorServiceImplBase operator;
    private final Map<String, IndexedValueType> known = new ConcurrentHashMap<>();

    Operator(OperatorServiceImplBase operator) {
      this.operator = operator;
    }

    @Override
    public void addSearchAttributes(
        AddSearchAttributesRequest request, StreamObserver<AddSearchAttributesResponse> answer) {
      known.putAll(request.getSearchAttributesMap());
      operator.addSearchAttributes(request, answer);
    }

    @Override
    public void listSearchAttributes(
        ListSearchAttributesRequest request, StreamObserver<ListSearchAttributesResponse> answer) {
      answer.onNext(
          ListSearchAttributesResponse.newBuilder().putAllCustomAttributes(known).build());
      answer.onCompleted();
    }
  }
}
