package dev.mainstay.worker.host;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.temporal.client.WorkflowClient;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up while Temporal serves and this host's workers poll: part of readiness, not of liveness. */
final class TemporalHealth extends AbstractHealthIndicator {

  private final WorkflowClient client;
  private final WorkerHost host;

  TemporalHealth(WorkflowClient client, WorkerHost host) {
    super("Temporal does not answer");
    this.client = client;
    this.host = host;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    ServingStatus status = client.getWorkflowServiceStubs().healthCheck().getStatus();
    health
        .status(status == ServingStatus.SERVING && host.isRunning() ? "UP" : "DOWN")
        .withDetail("namespace", client.getOptions().getNamespace())
        .withDetail("server", status.name())
        .withDetail("polls", host.isRunning() ? String.join(", ", host.queues()) : "");
  }
}
