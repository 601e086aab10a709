package dev.mainstay.worker.intake;

import io.grpc.StatusRuntimeException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import org.slf4j.LoggerFactory;

/** Whether Temporal answers again. */
@FunctionalInterface
interface TemporalPing {

  boolean answers();

  static TemporalPing of(WorkflowServiceStubs temporal) {
    return () -> {
      try {
        temporal.healthCheck();
        return true;
      } catch (StatusRuntimeException e) {
        LoggerFactory.getLogger(TemporalPing.class).debug("Temporal is still away", e);
        return false;
      }
    };
  }
}
