package dev.mainstay.worker.intake;

import static dev.mainstay.db.generated.Tables.INTAKE;

import dev.mainstay.workflows.ProcessTypes;
import dev.mainstay.workflows.process.IntakeKind;
import dev.mainstay.workflows.process.Lane;
import io.grpc.Status;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowServiceException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs as far as the drainer sees: the run's first step marks its rows done. It can be
 * unavailable.
 */
final class FakeTemporal implements TemporalPing {

  private final DSLContext database;
  private final List<String> started = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile Status.@Nullable Code away;
  private volatile boolean answers = true;
  private volatile boolean knowsUs = true;
  private volatile @Nullable UUID unreadable;

  FakeTemporal(DSLContext database) {
    this.database = database;
  }

  /** Answers nobody. */
  void away() {
    refuse(Status.Code.UNAVAILABLE);
    answers = false;
  }

  /** Answers, but starts nothing. */
  void refuse(Status.Code code) {
    away = code;
  }

  /** Has lost its database: it answers, but refuses every run of ours until it is told. */
  void forgetUs() {
    knowsUs = false;
    away = Status.Code.INVALID_ARGUMENT;
  }

  void back() {
    away = null;
    answers = true;
  }

  /** A row that no starter can make anything of. */
  void unreadable(UUID businessId) {
    unreadable = businessId;
  }

  List<String> started() {
    return started;
  }

  int refused() {
    return refused.get();
  }

  @Override
  public boolean answers() {
    if (answers && !knowsUs) {
      knowsUs = true;
      away = null;
    }
    return answers;
  }

  @Override
  public boolean knowsUs() {
    return knowsUs;
  }

  List<RunStarter> starters() {
    return ProcessTypes.ALL.stream()
        .flatMap(type -> type.intake().stream())
        .<RunStarter>map(Starter::new)
        .toList();
  }

  private void start(Claim claim, String workflowId) {
    Status.Code refusal = away;
    if (refusal != null) {
      refused.incrementAndGet();
      throw new WorkflowServiceException(
          WorkflowExecution.getDefaultInstance(), "Test", refusal.toStatus().asRuntimeException());
    }
    started.add(workflowId);
    database
        .update(INTAKE)
        .set(INTAKE.DONE_AT, DSL.currentInstant())
        .where(INTAKE.CLAIM_ID.eq(claim.id()))
        .execute();
  }

  private final class Starter implements RunStarter {

    private final IntakeKind<?> kind;

    Starter(IntakeKind<?> kind) {
      this.kind = kind;
    }

    @Override
    public String kind() {
      return kind.name();
    }

    @Override
    public Lane lane() {
      return kind.lane();
    }

    @Override
    public int maxBatchSize() {
      return kind.maxBatchSize();
    }

    @Override
    public ClaimedRun run(Claim claim) {
      if (claim.rows().stream().anyMatch(row -> row.businessId().equals(unreadable))) {
        throw new IllegalArgumentException("unreadable");
      }
      String workflowId = claim.rows().getFirst().businessId().toString();
      return new ClaimedRun(workflowId, () -> FakeTemporal.this.start(claim, workflowId));
    }
  }
}
