package dev.mainstay.activities.recovery;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.REPORT_UNFINISHED;
import static dev.mainstay.db.generated.Tables.RESTART_UNFINISHED;
import static dev.mainstay.db.generated.Tables.UNFINISHED;
import static org.jooq.impl.DSL.inline;

import dev.mainstay.activities.recovery.Runs.Run;
import dev.mainstay.activities.recovery.Runs.State;
import dev.mainstay.db.generated.Routines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Work that is not over by the facts, as every process declares it in its view {@code
 * unfinished_…}. Temporal says which of it no run carries: that work is lost, and starts again by
 * its intake row.
 */
public final class UnfinishedWork {

  private static final UUID FIRST = new UUID(0, 0);
  private static final Condition OPEN = ATTENTION.STATUS.eq(inline("open"));

  private final DSLContext database;
  private final Runs runs;

  public UnfinishedWork(DSLContext database, Runs runs) {
    this.database = database;
    this.runs = runs;
  }

  /**
   * Work that no run carries.
   *
   * @param intakeId the row that starts it
   * @param run the id of its workflow, as {@code refund/stripe/pi_1/500}; of what was never started
   *     its kind and subject
   * @param how in words: what became of the run, as {@code was terminated}
   */
  public record Lost(UUID intakeId, String process, String run, Instant since, String how) {}

  /**
   * A page.
   *
   * @param last the row after which the next page begins; null if this is the last page
   */
  public record Page(List<Lost> lost, @Nullable UUID last) {}

  /**
   * The lost work of a page, in the order of its intake rows.
   *
   * @param after the row behind which the page begins; null for the first
   */
  public Page lost(@Nullable UUID after, int pageSize) {
    return lost(after, pageSize, DSL.noCondition());
  }

  /**
   * The same without work that has an item already.
   *
   * @param before only work that is unfinished since then or longer
   */
  public Page unreported(@Nullable UUID after, int pageSize, Instant before) {
    return lost(
        after,
        pageSize,
        UNFINISHED
            .SINCE
            .le(before)
            .andNotExists(
                DSL.selectOne()
                    .from(ATTENTION)
                    .where(ATTENTION.INTAKE_ID.eq(UNFINISHED.INTAKE_ID), OPEN)));
  }

  private Page lost(@Nullable UUID after, int pageSize, Condition more) {
    var page =
        database
            .select(
                UNFINISHED.INTAKE_ID,
                UNFINISHED.PROCESS,
                UNFINISHED.RUNS,
                UNFINISHED.SINCE,
                UNFINISHED.SUBJECT_ID)
            .distinctOn(UNFINISHED.INTAKE_ID)
            .from(UNFINISHED)
            .where(UNFINISHED.INTAKE_ID.gt(after == null ? FIRST : after), more)
            .orderBy(UNFINISHED.INTAKE_ID)
            .limit(pageSize)
            .fetch();
    List<Lost> lost = new ArrayList<>();
    for (var row : page) {
      List<String> ids = ids(row.value3());
      whyLost(ids)
          .ifPresent(how ->
              lost.add(
                  new Lost(
                      row.value1(),
                      row.value2(),
                      ids.isEmpty() ? row.value2() + " of " + row.value5() : ids.getFirst(),
                      row.value4(),
                      how)));
    }
    return new Page(lost, page.size() < pageSize ? null : page.getLast().value1());
  }

  /** How much of the unfinished work has no intake row, so that nothing can start it. */
  public int withoutIntakeRow() {
    return database.fetchCount(UNFINISHED, UNFINISHED.INTAKE_ID.isNull());
  }

  /**
   * Has lost work start again; of what has ended or was restarted meanwhile nothing.
   *
   * @param by who asks, for the audit log
   * @return the rows that the drainer will claim
   */
  public List<UUID> restart(List<Lost> lost, String by, String reason, String correlationId) {
    UUID[] ids = lost.stream().map(Lost::intakeId).toArray(UUID[]::new);
    return database
        .selectFrom(RESTART_UNFINISHED.call(ids, by, reason, correlationId))
        .fetch(row -> row.get(0, UUID.class));
  }

  /**
   * Opens an attention item that offers a restart for each, unless there is one.
   *
   * @return how many it opened
   */
  public int report(List<Lost> lost) {
    UUID[] ids = lost.stream().map(Lost::intakeId).toArray(UUID[]::new);
    String[] hows = lost.stream().map(Lost::how).toArray(String[]::new);
    return database.selectFrom(REPORT_UNFINISHED.call(ids, hows)).fetch().size();
  }

  /**
   * Closes the items of work that is over, is carried again, or is about to be started.
   *
   * @return how many
   */
  public int closeReports() {
    UUID[] needless =
        database
            .select(ATTENTION.ID, UNFINISHED.RUNS)
            .from(ATTENTION)
            .leftJoin(UNFINISHED)
            .on(UNFINISHED.INTAKE_ID.eq(ATTENTION.INTAKE_ID))
            .where(OPEN, ATTENTION.INTAKE_ID.isNotNull())
            .fetch()
            .stream()
            .filter(item -> item.value2() == null || whyLost(ids(item.value2())).isEmpty())
            .map(item -> item.value1())
            .toArray(UUID[]::new);
    return Objects.requireNonNull(Routines.closeReports(database.configuration(), needless));
  }

  /** Why no run carries it; empty if one does. */
  private Optional<String> whyLost(List<String> ids) {
    String how = "is unknown to Temporal";
    for (String id : ids.reversed()) {
      Optional<State> state = runs.latest(id).map(Run::state);
      if (state.isPresent()) {
        if (state.get() == State.RUNNING) {
          return Optional.empty();
        }
        how = state.get().words();
      }
    }
    return Optional.of(how);
  }

  private static List<String> ids(@Nullable String[] runs) {
    return Arrays.stream(runs).filter(Objects::nonNull).toList();
  }
}
