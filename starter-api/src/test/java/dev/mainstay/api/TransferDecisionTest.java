package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Call;
import dev.mainstay.api.testing.WaitingProcess;
import dev.mainstay.db.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that unknown transfers hold is decided about over REST, by finance alone. */
class TransferDecisionTest {

  private static final TestApi API = TestApi.start(WaitingProcess.TEMPORAL);
  private static final TestDatabase DATABASE = API.database();
  private static final WaitingProcess.Worker PROCESS = WaitingProcess.on(API);

  private final UUID run = DATABASE.newId();
  private final UUID payout = DATABASE.newId();
  private final String key = PROCESS.start();
  private final UUID item = DATABASE.newId();

  @BeforeEach
  void aRunIsHeldByATransfer() {
    DATABASE
        .dsl()
        .execute(
            """
            insert into payroll_run (id, cadence, period_start, period_end, zone, starts_at, ends_at, status, hash, pause_reason,
                                     requested_by, correlation_id, accounts_unchanged_since)
            values ({0}, 'weekly', '2025-11-17', '2025-11-24', 'UTC', '2025-11-17T00:00Z', '2025-11-24T00:00Z', 'paused', 'h',
                    'unknown-transfers', 'fin', 'c', now())
            """,
            run);
    DATABASE
        .dsl()
        .execute(
            """
            with v as (
              insert into vendor (id, name, locale, zone, cadence, currency, payout_account)
                values (new_id(), 'Bo', 'en', 'UTC', 'weekly', 'USD', 'acct_a')
                returning id)
            insert into payout (id, run_id, vendor_id, account, cadence, period_start, currency, earnings, gross_minor, commission_minor,
                                amount_minor, status)
            select {1}, {0}, v.id, 'acct_a', 'weekly', '2025-11-17', 'USD', 1, 10000, 2000, 8000, 'frozen'
            from v
            """,
            run, payout);
    transfer("tr_1", 8_000);
    DATABASE
        .dsl()
        .execute(
            """
            insert into attention (id, process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions)
            values ({0}, 'payroll', {1}, {2}, 'unknown-transfers', 'unknown-transfers', '1', 'pay/unknown-transfers', 'asks again',
                    array['retry', 'adopt', 'notOurs'])
            """,
            item, key, run);
  }

  @AfterEach
  void empty() {
    DATABASE
        .admin()
        .execute(
            "truncate attention, audit_event, unknown_transfer, transfer, payroll_run, vendor cascade");
    PROCESS.forget();
  }

  @AfterAll
  static void close() {
    API.close();
  }

  @Test
  void financeAdoptsAndTheRunLooksAgain() {
    finance("adopt").body("{'reason':'paid before the restore'}").send().expect(200);

    assertThat(payout()).isEqualTo("paid tr_1");
    assertThat(PROCESS.received())
        .containsExactly(
            "retry {\"by\":\"owner-of-finance\",\"reason\":\"paid before the restore\"}");
    assertThat(audit())
        .containsExactly(
            "owner-of-finance adopt " + key + " paid before the restore done 1 transfers");
  }

  @Test
  void anotherAmountIsRefusedAndTheRunIsNotToldAnything() {
    transfer("tr_2", 7_999);

    var refused = finance("adopt").body("{'reason':'paid before'}").send().expect(409).json();

    assertThat(refused.path("type").asString()).endsWith(":transfer-differs");
    assertThat(refused.path("detail").asString())
        .isEqualTo("1 transfers differ: tr_2 of 7999 USD to acct_a, where the payout is 8000");
    assertThat(payout()).isEqualTo("frozen");
    assertThat(PROCESS.received()).isEmpty();
    assertThat(audit()).singleElement().asString().contains(" adopt ", " refused ");

    finance("adopt").body("{'reason':'paid before','transferId':'tr_1'}").send().expect(200);
    assertThat(payout()).isEqualTo("paid tr_1");
  }

  @Test
  void aTransferThatIsNotOursLeavesThePayoutToBePaid() {
    finance("not-ours").body("{'reason':'of the test shop'}").send().expect(200);

    assertThat(payout()).isEqualTo("frozen");
    assertThat(
            DATABASE
                .dsl()
                .fetchSingle(
                    "select concat_ws(' ', decision, decided_by, decision_reason) from unknown_transfer")
                .into(String.class))
        .isEqualTo("not-ours owner-of-finance of the test shop");
    assertThat(PROCESS.received()).hasSize(1);
    assertThat(audit()).singleElement().asString().contains(" notOurs ", " done 1 transfers");
  }

  @Test
  void nobodyElseDecides() {
    for (Role role : List.of(Role.OPERATOR, Role.APPROVER, Role.STARTER, Role.AUDITOR)) {
      decision("adopt", role).body("{'reason':'x'}").send().expect(403);
      decision("not-ours", role).body("{'reason':'x'}").send().expect(403);
    }
    assertThat(payout()).isEqualTo("frozen");
  }

  @Test
  void whatOffersNoDecisionIsNotDecided() {
    DATABASE.admin().execute("update attention set actions = array['retry']");

    finance("adopt").body("{'reason':'x'}").send().expect(409);
    finance("not-ours").body("{'reason':'x'}").send().expect(409);

    assertThat(payout()).isEqualTo("frozen");
    assertThat(
            DATABASE
                .dsl()
                .fetchCount(
                    DATABASE.dsl().selectOne().from("unknown_transfer where decision is not null")))
        .isZero();
  }

  private static void transfer(String id, long amount) {
    DATABASE
        .dsl()
        .execute(
            """
            insert into unknown_transfer (id, payout_id, cadence, period_start, destination, amount_minor, currency, reversed_minor, made_at)
            values ({0}, new_id(), 'weekly', '2025-11-17', 'acct_a', {1}, 'USD', 0, now())
            """,
            id, amount);
  }

  private String payout() {
    return DATABASE
        .dsl()
        .fetchSingle(
            "select concat_ws(' ', status, provider_transfer_id) from payout where id = {0}",
            payout)
        .into(String.class);
  }

  private static List<String> audit() {
    return DATABASE
        .dsl()
        .fetch(
            "select concat_ws(' ', by, action, subject, reason, outcome, detail) as row from audit_event order by id")
        .getValues("row", String.class);
  }

  private Call finance(String action) {
    return decision(action, Role.FINANCE);
  }

  private Call decision(String action, Role role) {
    return API.call("POST", "/api/v1/attention/" + item + "/" + action).key(API.key(role));
  }
}
