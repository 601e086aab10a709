package dev.mainstay.worker.invariants;

import static dev.mainstay.db.generated.Tables.SWEEP_RUN;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonbGetAttributeAsText;

import dev.mainstay.workflows.invariants.InvariantsSweep;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/** The last answer of the checker, whichever host asked it. */
final class LastCheck {

  private final DSLContext database;

  LastCheck(DSLContext database) {
    this.database = database;
  }

  /** Empty until the sweep has run for the first time. */
  Optional<Answer> answer() {
    return database
        .select(
            SWEEP_RUN.ENDED_AT,
            jsonbGetAttributeAsText(SWEEP_RUN.COUNTS, InvariantsSweep.VIOLATIONS).cast(Long.class))
        .from(SWEEP_RUN)
        .where(SWEEP_RUN.SWEEP.eq(InvariantsSweep.NAME), SWEEP_RUN.STATUS.eq(inline("completed")))
        .orderBy(SWEEP_RUN.ID.desc())
        .limit(1)
        .fetchOptional(row -> new Answer(row.value1(), row.value2()));
  }

  double violationsOrUnknown() {
    return answer().map(answer -> (double) answer.violations()).orElse(Double.NaN);
  }

  /** The checker's last result, and its time. */
  record Answer(Instant at, long violations) {}
}
