package dev.mainstay.workflows.payroll;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PagesPosition;
import dev.mainstay.workflows.process.OperatorSignals;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of payroll: a cadence and a period. The run freezes the open earnings, waits for approval
 * where configured, and pays. The query {@code progress} returns how far its pages have come.
 *
 * <p>{@code cancel} ends a run that waits for approval. It is refused afterwards: frozen earnings
 * are paid.
 */
@WorkflowInterface
public interface PayrollWorkflow extends OperatorSignals {

  /** The process, its flag and its worker. */
  String NAME = "payroll";

  String TYPE = "Payroll";

  /** The signal that makes a run check its state. */
  String WAKE = "wake";

  /** The id of a period's run, the same however it is started. */
  static String id(String cadence, LocalDate periodStart) {
    return "payroll/" + cadence + "/" + periodStart;
  }

  @WorkflowMethod(name = TYPE)
  Result run(Input input);

  /**
   * Checks whether the run's proposal was approved. Only the approval's row counts, so a signal
   * without one changes nothing.
   */
  @SignalMethod(name = "approve")
  void approve(Approval approval);

  /**
   * Reports that a payout that was unknown or failed now has an outcome: the run checks the rest.
   */
  @SignalMethod(name = "settled")
  void settled();

  /** The run's row has changed: checks its state. */
  @SignalMethod(name = WAKE)
  void wake();

  /**
   * Pays nothing more until it is resumed: no transfer begins after this was answered, those under
   * way finish.
   */
  @UpdateMethod(name = "pause")
  void pause(OperatorNote note);

  @UpdateValidatorMethod(updateName = "pause")
  void validatePause(OperatorNote note);

  @SignalMethod(name = "pause")
  void signalPause(OperatorNote note);

  /** Continues after an operator's pause; refused where there is none. */
  @UpdateMethod(name = "resume")
  void resume(OperatorNote note);

  @UpdateValidatorMethod(updateName = "resume")
  void validateResume(OperatorNote note);

  @SignalMethod(name = "resume")
  void signalResume(OperatorNote note);

  /**
   * Identifies the run.
   *
   * @param from the position of the previous run, if this one continues it; null at a start
   */
  record Input(UUID runId, String correlationId, @Nullable Position from) {}

  /**
   * The position of a run when it was continued as new.
   *
   * @param pages the position at which the pages of its stage continue
   * @param receiptsLeft the pages of payouts whose receipts could not be written
   */
  record Position(PagesPosition pages, List<KeyRange> receiptsLeft) {

    /** Where a run begins. */
    static final Position START = new Position(PagesPosition.START, List.of());

    public Position {
      receiptsLeft = List.copyOf(receiptsLeft);
    }
  }

  /** Identifies the approval; the run reads it from the database all the same. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Approval(@Nullable String approvalId) {}

  /** How the run ended. */
  enum Result {
    /** Every payout is paid, carried or failed. */
    @JsonProperty("completed")
    COMPLETED,
    /** It was cancelled before anything was frozen. */
    @JsonProperty("cancelled")
    CANCELLED
  }
}
