package dev.mainstay.worker.intake;

import static dev.mainstay.db.generated.Tables.CLAIM_INTAKE;
import static dev.mainstay.db.generated.Tables.INTAKE;

import dev.mainstay.db.generated.Routines;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.types.YearToSecond;

/** Claims of intake rows, each committed on its own before Temporal is called. */
final class Claims {

  /** How long a claim is trusted; after that another host may claim the same rows. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private final DSLContext database;

  Claims(DSLContext database) {
    this.database = database;
  }

  /** Claims the oldest rows that wait for one of these starters; empty where none does. */
  Optional<Claim> next(Collection<RunStarter> starters) {
    UUID id = UUID.randomUUID();
    var rows =
        database.fetch(
            CLAIM_INTAKE.call(
                id,
                YearToSecond.valueOf(LEASE),
                kinds(starters),
                starters.stream().map(RunStarter::maxBatchSize).toArray(Integer[]::new)));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Claim(
            id,
            rows.getFirst().get(CLAIM_INTAKE.KIND, String.class),
            rows.map(row ->
                new Claim.Row(
                    row.get(CLAIM_INTAKE.BUSINESS_ID, UUID.class),
                    row.get(CLAIM_INTAKE.BODY, String.class),
                    row.get(CLAIM_INTAKE.CORRELATION_ID, String.class),
                    row.get(CLAIM_INTAKE.WAITED, YearToSecond.class).toDuration(),
                    row.get(CLAIM_INTAKE.RESTARTED, boolean.class)))));
  }

  /**
   * Releases rows that could not be started because Temporal is unavailable: the claim does not
   * count as an attempt.
   */
  void release(Claim claim) {
    database
        .update(INTAKE)
        .set(INTAKE.CLAIMS, INTAKE.CLAIMS.minus(1))
        .set(INTAKE.CLAIM_ID, DSL.when(INTAKE.CLAIMS.gt((short) 1), INTAKE.CLAIM_ID))
        .set(INTAKE.LEASED_UNTIL, DSL.when(INTAKE.CLAIMS.gt((short) 1), DSL.currentInstant()))
        .where(openOf(claim))
        .execute();
  }

  /** Ends the lease of rows that cannot be started together: what is claimed again goes alone. */
  void releaseForSingleClaim(Claim claim) {
    database
        .update(INTAKE)
        .set(INTAKE.LEASED_UNTIL, DSL.currentInstant())
        .where(openOf(claim))
        .execute();
  }

  /** The claim's run exists already: its rows need no other. */
  void done(Claim claim) {
    database
        .update(INTAKE)
        .set(INTAKE.DONE_AT, DSL.currentInstant())
        .where(openOf(claim))
        .execute();
  }

  /**
   * Opens attention items for the rows of these starters that were claimed three times without a
   * run.
   */
  int giveUp(Collection<RunStarter> starters) {
    return Routines.exhaustIntake(database.configuration(), kinds(starters));
  }

  private static String[] kinds(Collection<RunStarter> starters) {
    return starters.stream().map(RunStarter::kind).toArray(String[]::new);
  }

  /** The claim's rows that no run has taken over yet. */
  private static Condition openOf(Claim claim) {
    return INTAKE.CLAIM_ID.eq(claim.id()).and(INTAKE.DONE_AT.isNull());
  }
}
