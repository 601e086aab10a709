package dev.mainstay.activities.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.recovery.Runs.Run;
import dev.mainstay.activities.recovery.Runs.State;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.invariants.InvariantsSteps.Items;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvariantsStepsTest {

  private static final Instant START = Instant.parse("2026-11-22T06:00:00Z");
  private static final Instant END = Instant.parse("2026-11-22T07:00:00Z");

  private static final Run TERMINATED = new Run(State.TERMINATED, START, END);

  private final TestDatabase database = TestDatabase.create();
  private final Map<String, Run> runs = new HashMap<>();
  private final InvariantsStepsImpl steps =
      new InvariantsStepsImpl(
          database.dsl(),
          database.transaction(),
          id -> Optional.ofNullable(runs.get(id)),
          () -> END);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void nothingIsFoundWhereNothingIsWrong() {
    assertThat(steps.check().byName()).containsExactly(Map.entry("violations", 0L));
    assertThat(items()).isEmpty();
  }

  @Test
  void violationsAreCountedByRuleAndToldOnceUntilTheNextCleanRun() {
    UUID payment = paymentWithoutAnything();

    assertThat(steps.check().byName())
        .containsExactly(
            Map.entry("payment-without-charge", 1L),
            Map.entry("payment-without-purchase", 1L),
            Map.entry("violations", 2L));
    steps.check();
    assertThat(items())
        .containsExactly(
            "invariants/violations open payment-without-charge (1), payment-without-purchase (1):"
                + " select * from invariant_violation");

    database.admin().execute("delete from payment where id = ?", payment);
    steps.check();
    assertThat(items()).singleElement().asString().startsWith("invariants/violations resolved");
  }

  @Test
  void theItemsOfRunsThatWereEndedFromOutsideAreClosed() {
    runs.put("purchase/a", TERMINATED);
    runs.put("purchase/running", new Run(State.RUNNING, START, null));
    runs.put("purchase/b", new Run(State.TIMED_OUT, START, END));
    item("purchase/a", "allocate", START.plusSeconds(60));
    item("purchase/b", "create", START.plusSeconds(60));
    item("purchase/running", "allocate", START);

    Items closed = steps.closeItemsOfTerminatedRuns(null);

    assertThat(closed).isEqualTo(new Items(2, null));
    assertThat(resolutions())
        .containsExactlyInAnyOrder(
            "purchase/a: its run was terminated",
            "purchase/b: its run timed out",
            "purchase/running: open");
    assertThat(steps.closeItemsOfTerminatedRuns(null)).isEqualTo(new Items(0, null));
    assertThat(
            database
                .dsl()
                .fetch(
                    "select concat_ws(' ', by, action, subject, reason) as entry from audit_event")
                .getValues("entry", String.class))
        .containsExactlyInAnyOrder(
            "temporal close purchase/a its run was terminated",
            "temporal close purchase/b its run timed out");
  }

  @Test
  void whatWaitsForSomethingElseIsLeftOpen() {
    runs.put("purchase/a", TERMINATED);
    item("purchase/a", "allocate", END.plusSeconds(1));
    item("purchase/a", "start", START.plusSeconds(60));
    item("purchase/a", "create", START.minusSeconds(1));
    item("purchase/a", "take-in", START.plusSeconds(60));

    assertThat(steps.closeItemsOfTerminatedRuns(null)).isEqualTo(new Items(0, null));
  }

  @Test
  void anItemThatOffersARestartIsNoItemOfTheTerminatedRun() {
    runs.put("refund/stripe/pi_1/500", TERMINATED);
    item("refund/stripe/pi_1/500", "run", START.plusSeconds(60));

    assertThat(steps.closeItemsOfTerminatedRuns(null)).isEqualTo(new Items(0, null));
  }

  @Test
  void itemsAreLookedAtPageByPage() {
    for (int i = 0; i < 150; i++) {
      runs.put("purchase/" + i, TERMINATED);
      item("purchase/" + i, "allocate", START);
    }

    Items first = steps.closeItemsOfTerminatedRuns(null);
    assertThat(first.count()).isEqualTo(100);
    assertThat(first.last()).isNotNull();
    assertThat(steps.closeItemsOfTerminatedRuns(first.last())).isEqualTo(new Items(50, null));
  }

  @Test
  void theAuditLogIsSealed() {
    new Audit(database.dsl())
        .record(
            new AuditEntry(
                "ada", "pause", "invariants", null, "why", AuditEntry.Outcome.DONE, null, "c"));

    assertThat(steps.sealAudit()).isEqualTo(1);
    assertThat(steps.sealAudit()).isZero();
  }

  private UUID paymentWithoutAnything() {
    return database
        .admin()
        .fetchSingle(
            """
            insert into payment (provider, provider_payment_id, amount_minor, currency, recorded_at, confirmed_at)
            values ('stripe', 'pi_lost', 1, 'EUR', now() - interval '1 hour', now()) returning id
            """)
        .get(0, UUID.class);
  }

  private void item(String key, String step, Instant openedAt) {
    database
        .dsl()
        .execute(
            """
            insert into attention (process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions,
                                   opened_at)
            values ('purchase', ?, new_id(), ?, 'step-failed', 'x', 'x', 'x', '{retry}', ?::timestamptz)
            """,
            key,
            step,
            openedAt.toString());
  }

  private List<@Nullable String> items() {
    return database
        .dsl()
        .fetch("select business_key || ' ' || status || ' ' || error as item from attention")
        .getValues("item", String.class);
  }

  private List<@Nullable String> resolutions() {
    return database
        .dsl()
        .fetch(
            "select business_key || ': ' || coalesce(resolution_reason, status) as item from attention")
        .getValues("item", String.class);
  }
}
