package dev.mainstay.worker.intake;

import dev.mainstay.worker.temporal.RegisteredSearchAttributes;
import io.grpc.StatusRuntimeException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import org.slf4j.LoggerFactory;

/** Whether Temporal can start our runs. */
interface TemporalPing {

  /** Whether it answers again; then it is made ready for our runs. */
  boolean answers();

  /**
   * Whether it knows what every run of ours needs. A server whose database was lost does not, until
   * it is told.
   */
  boolean knowsUs();

  static TemporalPing of(WorkflowServiceStubs temporal, RegisteredSearchAttributes attributes) {
    return new TemporalPing() {

      @Override
      public boolean answers() {
        try {
          temporal.healthCheck();
          attributes.ensure();
          return true;
        } catch (StatusRuntimeException e) {
          LoggerFactory.getLogger(TemporalPing.class).debug("Temporal is still away", e);
          return false;
        }
      }

      @Override
      public boolean knowsUs() {
        try {
          return attributes.areKnown();
        } catch (StatusRuntimeException _) {
          return false;
        }
      }
    };
  }
}
