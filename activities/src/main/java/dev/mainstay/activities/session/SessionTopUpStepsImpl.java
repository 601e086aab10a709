package dev.mainstay.activities.session;

import static dev.mainstay.db.generated.Tables.PLAN_SESSION_TOP_UP;
import static org.jooq.impl.DSL.val;

import dev.mainstay.activities.page.PagePlans;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.session.SessionTopUpSteps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Each step one call; a page commits as it goes, so it is made outside of a transaction. */
public final class SessionTopUpStepsImpl implements SessionTopUpSteps {

  private static final UUID FIRST = new UUID(0, 0);

  private final DSLContext database;
  private final InstantSource clock;
  private final SessionTopUp numbers;

  public SessionTopUpStepsImpl(DSLContext database, InstantSource clock, SessionTopUp numbers) {
    this.database = database;
    this.clock = clock;
    this.numbers = numbers;
  }

  @Override
  public PagePlan plan(@Nullable String after) {
    return PagePlans.of(
        database.fetch(PLAN_SESSION_TOP_UP.call(trainer(after), numbers.pageSize(), PagePlan.MOST)),
        numbers.pageSize());
  }

  @Override
  public PageOutcome topUp(KeyRange trainers, Instant nominal) {
    Instant now = clock.instant();
    Record done =
        database.fetchSingle(
            "call top_up_sessions({0}, {1}, {2}, {3}, {4}, 0, 0, 0, '{}')",
            val(trainer(trainers.after())),
            val(trainer(trainers.upTo())),
            val(numbers.fewerThan()),
            val(numbers.upTo()),
            val(nominal.isAfter(now) ? nominal : now));
    String[] failed = done.get("failed", String[].class);
    return new PageOutcome(
        count(done, "allocations", "allocations")
            .plus(count(done, "toppedUp", "topped_up"))
            .plus(count(done, "sessions", "sessions")),
        failed.length == 0 ? null : inWords(failed));
  }

  private static Counts count(Record done, String name, String column) {
    return Counts.of(name, Objects.requireNonNull(done.get(column, Long.class)));
  }

  private static String inWords(String[] failed) {
    return failed.length + " purchases were not topped up, as " + failed[0];
  }

  private static UUID trainer(@Nullable String key) {
    return key == null ? FIRST : UUID.fromString(key);
  }
}
