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
 * One run of payroll: a cadence and a period. What is owed is frozen, approved where that is
 * demanded, and paid. How far the pages of it have come is the query {@code progress}.
 *
 * <p>{@code cancel} ends a run that waits for approval. It is refused afterwards: what is frozen is
 * paid.
 */
@WorkflowInterface
public interface PayrollWorkflow extends OperatorSignals {

  /** The process, its flag and its worker. */
  String NAME = "payroll";

  String TYPE = "Payroll";

  /** The signal that has a run look where it stands. */
  String WAKE = "wake";

  /** The id of the run of a period, whoever starts it. */
  static String id(String cadence, LocalDate periodStart) {
    return "payroll/" + cadence + "/" + periodStart;
  }

  @WorkflowMethod(name = TYPE)
  Result run(Input input);

  /**
   * Looks whether what the run proposed was approved. What counts is the approval's row, so that a
   * signal without one changes nothing.
   */
  @SignalMethod(name = "approve")
  void approve(Approval approval);

  /** What became of a payout is known that was unknown or failed: looks what is left. */
  @SignalMethod(name = "settled")
  void settled();

  /** The run's row has changed: looks where it stands. */
  @SignalMethod(name = WAKE)
  void wake();

  /** Pays nothing more until it is resumed; what is being sent goes on to its end. */
  @UpdateMethod(name = "pause")
  void pause(OperatorNote note);

  @UpdateValidatorMethod(updateName = "pause")
  void validatePause(OperatorNote note);

  @SignalMethod(name = "pause")
  void signalPause(OperatorNote note);

  /** Goes on after an operator's pause. */
  @UpdateMethod(name = "resume")
  void resume(OperatorNote note);

  @UpdateValidatorMethod(updateName = "resume")
  void validateResume(OperatorNote note);

  @SignalMethod(name = "resume")
  void signalResume(OperatorNote note);

  /**
   * Which run.
   *
   * @param from where the run before stood, if this one continues it; a start has none
   */
  record Input(UUID runId, String correlationId, @Nullable Position from) {}

  /**
   * Where a run stood when it was continued as new.
   *
   * @param pages from which the pages of its stage go on
   * @param receiptsLeft pages of payouts whose receipts could not be written
   * @param pause an operator's, that was not resumed yet; null where there is none
   */
  record Position(PagesPosition pages, List<KeyRange> receiptsLeft, @Nullable OperatorNote pause) {

    /** Where a run begins. */
    static final Position START = new Position(PagesPosition.START, List.of(), null);

    public Position {
      receiptsLeft = List.copyOf(receiptsLeft);
    }
  }

  /** Which approval; the run looks into the database all the same. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Approval(@Nullable String approvalId) {}

  /** How the run ended. */
  enum Result {
    /** Every payout is paid, carried or failed. */
    @JsonProperty("completed")
    COMPLETED,
    /** It was given up before anything was frozen. */
    @JsonProperty("cancelled")
    CANCELLED
  }
}
