package dev.mainstay.activities.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.invariants.Runs.Ended;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.invariants.InvariantsSteps.Closed;
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

  private final TestDatabase database = TestDatabase.create();
  private final Map<String, Ended> ended = new HashMap<>();
  private final InvariantsStepsImpl steps =
      new InvariantsStepsImpl(
          database.dsl(), database.transaction(), id -> Optional.ofNullable(ended.get(id)));

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
    ended.put("purchase/a", new Ended(START, END, "terminated"));
    ended.put("purchase/b", new Ended(START, END, "timed out"));
    item("purchase/a", "allocate", START.plusSeconds(60));
    item("purchase/b", "create", START.plusSeconds(60));
    item("purchase/running", "allocate", START);

    Closed closed = steps.closeItemsOfTerminatedRuns(null);

    assertThat(closed).isEqualTo(new Closed(2, null));
    assertThat(resolutions())
        .containsExactlyInAnyOrder(
            "purchase/a: its run was terminated",
            "purchase/b: its run was timed out",
            "purchase/running: open");
    assertThat(steps.closeItemsOfTerminatedRuns(null)).isEqualTo(new Closed(0, null));
    assertThat(
            database
                .dsl()
                .fetch(
                    "select concat_ws(' ', by, action, subject, reason) as entry from audit_event")
                .getValues("entry", String.class))
        .containsExactlyInAnyOrder(
            "temporal close purchase/a its run was terminated",
            "temporal close purchase/b its run was timed out");
  }

  @Test
  void whatWaitsForSomethingElseIsLeftOpen() {
    ended.put("purchase/a", new Ended(START, END, "terminated"));
    item("purchase/a", "allocate", END.plusSeconds(1));
    item("purchase/a", "start", START.plusSeconds(60));
    item("purchase/a", "create", START.minusSeconds(1));
    item("purchase/a", "take-in", START.plusSeconds(60));

    assertThat(steps.closeItemsOfTerminatedRuns(null)).isEqualTo(new Closed(0, null));
  }

  @Test
  void itemsAreLookedAtPageByPage() {
    for (int i = 0; i < 150; i++) {
      ended.put("purchase/" + i, new Ended(START, END, "terminated"));
      item("purchase/" + i, "allocate", START);
    }

    Closed first = steps.closeItemsOfTerminatedRuns(null);
    assertThat(first.items()).isEqualTo(100);
    assertThat(first.last()).isNotNull();
    assertThat(steps.closeItemsOfTerminatedRuns(first.last())).isEqualTo(new Closed(50, null));
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
