package dev.mainstay.workflows.process;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A kind of intake row, and how its runs are started. REST, webhooks and SQL write the body as the
 * JSON of one record, which the drainer reads.
 *
 * @param name the value of {@code intake.kind}
 * @param body the record
 * @param lane in which its runs start
 * @param maxBatchSize the maximum number of rows that one run carries; 1 or more
 * @param start the run for the rows of one claim
 */
public record IntakeKind<B>(
    String name, Class<B> body, Lane lane, int maxBatchSize, Start<B> start) {

  public IntakeKind {
    if (maxBatchSize < 1) {
      throw new IllegalArgumentException("maxBatchSize of " + name + " must be 1 or more");
    }
  }

  /** A run for each row. */
  public static <B> IntakeKind<B> of(
      String name, Class<B> body, Function<Claimed<B>, ProcessStart> start) {
    return new IntakeKind<>(
        name, body, Lane.PROCESSES, 1, (_, rows) -> start.apply(rows.getFirst()));
  }

  /**
   * A run for each row, under the id {@code <name>/<businessId>}: its input is the row, and it is
   * found by that id.
   */
  public static <B> IntakeKind<B> of(String name, Class<B> body, Class<?> workflow) {
    return of(
        name,
        body,
        row ->
            ProcessStart.of(
                workflow,
                name + "/" + row.businessId(),
                row,
                List.of(row.businessId().toString())));
  }

  /** A run for all rows of a claim. */
  public static <B> IntakeKind<B> ofMany(
      String name, Class<B> body, int maxBatchSize, Start<B> start) {
    return new IntakeKind<>(name, body, Lane.PROCESSES, maxBatchSize, start);
  }

  public IntakeKind<B> in(Lane other) {
    return new IntakeKind<>(name, body, other, maxBatchSize, start);
  }

  /** How the run is made. */
  @FunctionalInterface
  public interface Start<B> {

    /**
     * The run for what one claim took.
     *
     * @param claimId of the claim
     * @param rows 1 to {@code maxBatchSize}, oldest first
     */
    ProcessStart of(UUID claimId, List<Claimed<B>> rows);
  }
}
