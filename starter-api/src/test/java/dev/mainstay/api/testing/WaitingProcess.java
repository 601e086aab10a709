package dev.mainstay.api.testing;

import dev.mainstay.workflows.step.Failures;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.DynamicUpdateHandler;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process that waits for ever and takes every update, but one whose reason is {@code not-now}, by
 * its validator, and one whose reason is {@code refuse}, as a step does that cannot.
 */
@WorkflowInterface
public interface WaitingProcess {

  /** Lets the application have a Temporal of its own, in this JVM. */
  String TEMPORAL = "--spring.temporal.test-server.enabled=true";

  @WorkflowMethod
  void run();

  /** A worker for such processes on the application's Temporal. */
  static Worker on(TestApi api) {
    TestWorkflowEnvironment temporal = api.bean(TestWorkflowEnvironment.class);
    temporal.newWorker("waiting").registerWorkflowImplementationTypes(Waiting.class);
    temporal.start();
    return new Worker(api.bean(WorkflowClient.class));
  }

  /** Starts processes and keeps what they were sent. */
  final class Worker {

    private final WorkflowClient client;

    private Worker(WorkflowClient client) {
      this.client = client;
    }

    /** A new process; its workflow id. */
    public String start() {
      String id = "purchase/stripe/" + UUID.randomUUID();
      var options = WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue("waiting").build();
      var _ = WorkflowClient.start(client.newWorkflowStub(WaitingProcess.class, options)::run);
      return id;
    }

    /** The updates received so far, by the update's name and its input. */
    public List<String> received() {
      return List.copyOf(Waiting.RECEIVED);
    }

    public void forget() {
      Waiting.RECEIVED.clear();
    }
  }

  /** The process. */
  final class Waiting implements WaitingProcess {

    private static final List<String> RECEIVED = new CopyOnWriteArrayList<>();

    @Override
    public void run() {
      Workflow.registerListener(new Updates());
      Workflow.await(() -> false);
    }

    private static final class Updates implements DynamicUpdateHandler {

      @Override
      public void handleValidate(String name, EncodedValues input) {
        if ("not-now".equals(input(input).get("reason"))) {
          throw ApplicationFailure.newNonRetryableFailure(
              "it is not the time", Failures.NOT_APPLICABLE);
        }
      }

      @Override
      public Object handleExecute(String name, EncodedValues input) {
        if ("refuse".equals(input(input).get("reason"))) {
          throw ApplicationFailure.newNonRetryableFailure(
              "the trainer is full", Failures.REFUSED, "no-capacity");
        }
        RECEIVED.add(name + " " + JsonMapper.shared().writeValueAsString(input(input)));
        return "done";
      }

      @SuppressWarnings("unchecked")
      private static Map<String, Object> input(EncodedValues input) {
        Map<String, Object> sent = new TreeMap<>((Map<String, Object>) input.get(Map.class));
        sent.values().removeIf(value -> value == null);
        return sent;
      }
    }
  }
}
