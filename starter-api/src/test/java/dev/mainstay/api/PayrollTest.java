package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.AUDIT_EVENT;
import static dev.mainstay.db.generated.Tables.EARNING;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PAYOUT;
import static dev.mainstay.db.generated.Tables.PAYROLL_RUN;
import static dev.mainstay.db.generated.Tables.RECEIPT;
import static dev.mainstay.db.generated.Tables.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import dev.mainstay.api.testing.TestApi.Call;
import dev.mainstay.db.generated.Routines;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Payroll over REST, on a database that is its own, since a payroll is of all vendors. */
class PayrollTest {

  private static final TestApi API = TestApi.start("--mainstay.payroll.zone=Asia/Kathmandu");

  private static final String WEEK = "/api/v1/payroll/weekly/2025-11-17";
  private static final String NEXT_WEEK = "/api/v1/payroll/weekly/2025-11-24";
  private static final Instant TUESDAY = Instant.parse("2025-11-18T10:00:00Z");
  private static final String BOSS = API.newKey("boss", Role.FINANCE, Role.APPROVER);

  private final DSLContext database = API.database().dsl();
  private final Map<UUID, String> names = new HashMap<>();
  private long receipt = 7;

  @AfterAll
  static void stop() {
    API.close();
  }

  @BeforeEach
  void nobodyHasEarnedAnything() {
    API.database().admin().execute("truncate vendor, payroll_run, intake, audit_event cascade");
    API.database().admin().execute("delete from payout_minimum where currency = 'SEK'");
  }

  @Test
  void thePreviewOfTheWorkedExamplePaysTwoAndCarriesOne() {
    UUID a = vendor("A");
    UUID b = vendor("B");
    UUID c = vendor("C");
    earn(a, 5, 20_000);
    earn(b, 2, 30_000);
    earn(c, 1, 4_000);

    JsonNode preview = finance("GET", WEEK + "/preview").send().expect(200).json();

    assertThat(lines(preview))
        .containsExactlyInAnyOrder(
            "A pay 80000 null", "B pay 48000 null", "C carry 3200 below-minimum");
    assertThat(preview.at("/totals/0").toString())
        .isEqualTo(
            "{\"currency\":\"USD\",\"pays\":2,\"paysMinor\":128000,\"carries\":1,\"carriesMinor\":3200}");
    assertThat(preview.path("hash").asString()).matches("[0-9a-f]{64}");
    assertThat(preview.path("ended").asBoolean()).isTrue();
    // Midnight there
    assertThat(preview.path("startsAt").asString()).isEqualTo("2025-11-16T18:15:00Z");
    assertThat(preview.path("endsAt").asString()).isEqualTo("2025-11-23T18:15:00Z");
    assertThat(database.fetchCount(PAYOUT)).isZero();
    assertThat(database.fetchCount(INTAKE)).isZero();
  }

  @Test
  void commissionIsRoundedPerEarningAndExactlyTheMinimumIsPaid() {
    earn(vendor("D"), 1, 6_249);
    earn(vendor("E"), 1, 6_250);
    earn(vendor("F"), 3, 1_999);

    assertThat(lines(finance("GET", WEEK + "/preview").send().expect(200).json()))
        .containsExactlyInAnyOrder(
            "D carry 4999 below-minimum", "E pay 5000 null", "F carry 4797 below-minimum");
  }

  @Test
  void whoCannotBePaidIsCarriedWithAReason() {
    UUID nowhere = vendor("without account");
    database.update(VENDOR).setNull(VENDOR.PAYOUT_ACCOUNT).where(VENDOR.ID.eq(nowhere)).execute();
    earn(nowhere, 1, 100_000);
    earn(vendor("in crowns"), "SEK", 1, 100_000, TUESDAY);

    assertThat(lines(finance("GET", WEEK + "/preview").send().expect(200).json()))
        .containsExactlyInAnyOrder(
            "without account carry 80000 no-payout-account", "in crowns carry 80000 no-minimum");

    finance("PUT", "/api/v1/payroll/minimums/SEK")
        .body("{'minimumMinor':50000}")
        .send()
        .expect(200);

    assertThat(lines(finance("GET", WEEK + "/preview").send().expect(200).json()))
        .contains("in crowns pay 80000 null");
  }

  @Test
  void aPreviewIsReadPageByPageEachVendorWhole() {
    UUID two = vendor("two currencies");
    earn(two, 1, 10_000);
    earn(two, "EUR", 1, 10_000, TUESDAY);
    earn(vendor("one"), 1, 10_000);

    JsonNode first = finance("GET", WEEK + "/preview?limit=1").send().expect(200).json();
    JsonNode second =
        finance("GET", WEEK + "/preview?limit=1&after=" + first.path("next").asString())
            .send()
            .expect(200)
            .json();

    assertThat(lines(first))
        .containsExactly("two currencies pay 8000 null", "two currencies pay 8000 null");
    assertThat(first.path("totals")).hasSize(2);
    assertThat(lines(second)).containsExactly("one pay 8000 null");
    // They are of all pages, and cost as much
    assertThat(second.has("hash")).isFalse();
    assertThat(second.has("next")).isFalse();
    finance("GET", WEEK + "/preview?after=x&limit=0").send().expect(400);
  }

  @Test
  void thePreviewTellsTheDifferenceToTheRunBefore() {
    UUID stays = vendor("stays");
    UUID grows = vendor("grows");
    UUID goes = vendor("goes");
    UUID comes = vendor("comes");
    UUID run =
        UUID.fromString(
            finance("POST", WEEK + "/runs").send().expect(202).json().path("id").asString());
    for (UUID vendor : List.of(stays, grows, goes)) {
      earn(vendor, 2, 10_000);
      var _ = paid(run, vendor);
    }
    Instant nextWeek = TUESDAY.plusSeconds(7 * 86_400);
    earn(stays, "USD", 1, 22_000, nextWeek);
    earn(grows, "USD", 1, 30_000, nextWeek);
    earn(comes, "USD", 1, 10_000, nextWeek);

    assertThat(differences(""))
        .containsExactly(
            "stays 16000 null", "grows 16000 changed", "goes 16000 gone", "comes 0 new");
    assertThat(differences("&changedBy=5")).contains("stays 16000 changed");
    assertThat(differences("&changedBy=1000")).contains("grows 16000 null");
    assertThat(
            finance("GET", NEXT_WEEK + "/preview?limit=2")
                .send()
                .expect(200)
                .json()
                .path("next")
                .asString())
        .isEqualTo(grows.toString());
  }

  private List<String> differences(String query) {
    return finance("GET", NEXT_WEEK + "/preview?limit=10" + query)
        .send()
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .map(item ->
            "%s %s %s"
                .formatted(
                    names.get(UUID.fromString(item.path("vendorId").asString())),
                    item.path("lastAmountMinor").asLong(0),
                    item.path("difference").asString("null")))
        .toList();
  }

  @Test
  void aRunIsAskedForOnceAndThenJoined() {
    earn(vendor("A"), 1, 10_000);

    Answer first = finance("POST", WEEK + "/runs").send().expect(202);
    Answer again = finance("POST", WEEK + "/runs").send().expect(200);

    String id = first.json().path("id").asString();
    assertThat(first.json().path("workflowId").asString()).isEqualTo("payroll/weekly/2025-11-17");
    assertThat(first.json().path("joined").asBoolean(true)).isFalse();
    assertThat(again.json().path("joined").asBoolean()).isTrue();
    assertThat(again.json().path("id").asString()).isEqualTo(id);
    assertThat(database.fetchCount(INTAKE, INTAKE.KIND.eq("payroll"))).isEqualTo(1);
    JsonNode run = finance("GET", first.header("Location")).send().expect(200).json();
    assertThat(run.path("status").asString()).isEqualTo("freezing");
    assertThat(run.path("requestedBy").asString()).isEqualTo("owner-of-finance");
    assertThat(run.path("zone").asString()).isEqualTo("Asia/Kathmandu");
    for (String list : List.of(WEEK + "/runs", "/api/v1/payroll/runs?cadence=weekly")) {
      JsonNode runs = finance("GET", list).send().expect(200).json();
      assertThat(runs.path("items").valueStream().map(one -> one.path("id").asString()))
          .containsExactly(id);
    }
    finance("GET", NEXT_WEEK + "/runs/" + id).send().expect(404);
    for (String step :
        List.of(
            "'frozen', hash = 'hash', transfers_checked_at = now()",
            "'paying'",
            "'completed', completed_at = now()")) {
      database.execute("update payroll_run set status = " + step + " where id = ?::uuid", id);
    }
    Answer afterwards = finance("POST", WEEK + "/runs").send().expect(200);
    assertThat(afterwards.json().path("id").asString()).isEqualTo(id);
    assertThat(audited())
        .containsExactly("request done made", "request done joined", "request done joined");
  }

  @Test
  void theSameKeyIsTheSameAnswer() {
    String key = UUID.randomUUID().toString();

    Answer first =
        finance("POST", WEEK + "/runs").header("Idempotency-Key", key).send().expect(202);
    Answer again =
        finance("POST", WEEK + "/runs").header("Idempotency-Key", key).send().expect(202);

    assertThat(again.json()).isEqualTo(first.json());
    finance("POST", NEXT_WEEK + "/runs").header("Idempotency-Key", key).send().expect(409);
  }

  @Test
  void twentyWhoAskAtOnceGetOneRun() {
    List<Answer> answers = TestApi.atOnce(20, _ -> finance("POST", WEEK + "/runs").send());

    assertThat(answers)
        .extracting(answer -> answer.json().path("id").asString())
        .containsOnly(answers.getFirst().json().path("id").asString());
    assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "daily/2025-11-17, /cadence",
    "weekly/2025-11-18, /periodStart",
    "monthly/2025-11-17, /periodStart",
    "weekly/2025-11-31, /periodStart",
    "weekly/2096-11-19, /periodStart",
    "weekly/+999999999-01-01, /periodStart",
    "monthly/1999-01-01, /periodStart",
    "daily/monday, /cadence /periodStart"
  })
  void aPeriodThatIsNoneIsRefusedWithEveryReason(String period, String pointers) {
    for (Call call :
        List.of(
            finance("GET", "/api/v1/payroll/" + period + "/preview"),
            finance("POST", "/api/v1/payroll/" + period + "/runs"))) {
      assertThat(
              call.send()
                  .expect(400)
                  .json()
                  .path("errors")
                  .valueStream()
                  .map(error -> error.path("pointer").asString()))
          .containsExactly(pointers.split(" "));
    }
    assertThat(database.fetchCount(PAYROLL_RUN)).isZero();
  }

  @Test
  void exactlyTheApprovedHashIsPaidAndSomebodyElseApproves() {
    UUID vendor = vendor("A");
    earn(vendor, 1, 10_000);
    String run = awaiting(BOSS);
    String hash = hash();

    Answer own = approve(BOSS, run, hash).expect(409);
    assertThat(own.json().path("type").asString()).isEqualTo("urn:mainstay:problem:same-person");
    approve(API.key(Role.FINANCE), run, hash).expect(403);
    approve(API.key(Role.APPROVER), run, "wrong").expect(400);
    Answer wrong = approve(API.key(Role.APPROVER), run, "0".repeat(64)).expect(409);
    assertThat(wrong.json().path("hash").asString()).isEqualTo(hash);

    earn(vendor, 1, 5_000);
    Answer changed = approve(API.key(Role.APPROVER), run, hash).expect(409);
    assertThat(changed.json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:hash-changed");
    String newHash = changed.json().path("hash").asString();
    assertThat(newHash).isEqualTo(hash()).isNotEqualTo(hash);
    // A changed proposal is proposed anew, although the approval was refused.
    JsonNode waiting = finance("GET", WEEK + "/runs/" + run).send().expect(200).json();
    assertThat(waiting.at("/proposal/hash").asString()).isEqualTo(newHash);

    JsonNode approved = approve(API.key(Role.APPROVER), run, newHash).expect(200).json();

    assertThat(approved.at("/proposal/hash").asString()).isEqualTo(newHash);
    assertThat(approved.at("/proposal/changedBy").valueStream().map(JsonNode::asString))
        .contains("boss", "shop");
    assertThat(approved.at("/proposal/approvedBy").asString()).isEqualTo("owner-of-approver");
    approve(API.key(Role.APPROVER), run, newHash).expect(200);
    assertThat(audited())
        .containsExactly(
            "request done made",
            "approve refused The approver has changed what is paid since it was last approved",
            "approve refused What would be paid is something else now: look at the preview",
            "approve refused What would be paid is something else now: look at the preview",
            "approve done " + newHash,
            "approve done " + newHash);
  }

  @Test
  void aRunThatWaitsCanBeEndedAndItsPeriodRunAgain() {
    String run = awaiting(API.key(Role.FINANCE));

    JsonNode cancelled =
        finance("POST", WEEK + "/runs/" + run + "/cancel")
            .body("{'reason':'too early'}")
            .send()
            .expect(200)
            .json();

    assertThat(cancelled.path("status").asString()).isEqualTo("cancelled");
    finance("POST", WEEK + "/runs/" + run + "/cancel")
        .body("{'reason':'again'}")
        .send()
        .expect(409);
    approve(API.key(Role.APPROVER), run, hash()).expect(409);
    Answer other = finance("POST", WEEK + "/runs").send().expect(202);
    assertThat(other.json().path("id").asString()).isNotEqualTo(run);
    assertThat(finance("GET", WEEK + "/runs").send().expect(200).json().path("items")).hasSize(2);
    assertThat(
            finance("GET", "/api/v1/payroll/runs?status=cancelled")
                .send()
                .expect(200)
                .json()
                .path("items"))
        .hasSize(1);
  }

  @Test
  void financeAloneReplacesAnAccountAndKeysOfTheBackendSetNone() {
    UUID vendor = UUID.randomUUID();
    String withAccount = "'name':'Bo Berg','payoutAccount':'acct_9'";
    putVendor(API.key(Role.STARTER), vendor, withAccount).expect(403);
    finance("GET", "/api/v1/vendors/" + vendor).send().expect(404);
    putVendor(API.key(Role.STARTER), vendor, "'name':'Bo Berg'").expect(200);

    putAccount(Role.OPERATOR, vendor, "acct_1").expect(200);
    putAccount(Role.OPERATOR, vendor, "acct_1").expect(200);
    putAccount(Role.OPERATOR, vendor, "acct_9").expect(403);
    putVendor(API.key(Role.OPERATOR), vendor, withAccount).expect(403);
    JsonNode kept = putVendor(API.key(Role.STARTER), vendor, "'name':'Bo Borg'").expect(200).json();
    assertThat(kept.path("payoutAccount").asString()).isEqualTo("acct_1");
    assertThat(kept.path("name").asString()).isEqualTo("Bo Borg");
    putAccount(Role.FINANCE, vendor, "acct_2").expect(200);
    putAccount(Role.FINANCE, UUID.randomUUID(), "acct_2").expect(404);

    assertThat(changedBy(vendor)).isEqualTo("owner-of-finance");
    assertThat(audited("vendor/" + vendor))
        .filteredOn(entry -> entry.startsWith("set-payout-account done"))
        .containsExactly("set-payout-account done acct_1", "set-payout-account done acct_2");
    assertThat(audited("vendor/" + vendor))
        .filteredOn(entry -> entry.startsWith("set-payout-account refused"))
        .hasSize(3);
  }

  @Test
  void theSameVendorOrMinimumAgainIsNoChangeOfWhatIsPaid() {
    UUID vendor = UUID.randomUUID();
    putVendor(API.key(Role.STARTER), vendor, "'name':'Bo Berg'").expect(200);
    putVendor(API.key(Role.OPERATOR), vendor, "'name':'Bo Berg'").expect(200);
    assertThat(changedBy(vendor)).isEqualTo("owner-of-starter");
    putVendor(API.key(Role.OPERATOR), vendor, "'name':'Bo Borg'").expect(200);
    assertThat(changedBy(vendor)).isEqualTo("owner-of-operator");

    String sek = "/api/v1/payroll/minimums/SEK";
    finance("PUT", sek).body("{'minimumMinor':50000}").send().expect(200);
    API.call("PUT", sek).key(BOSS).body("{'minimumMinor':50000}").send().expect(200);
    JsonNode minimums = finance("GET", "/api/v1/payroll/minimums").send().expect(200).json();
    assertThat(minimums.path("items").valueStream())
        .filteredOn(one -> one.path("currency").asString().equals("SEK"))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.path("minimumMinor").asLong()).isEqualTo(50_000);
          assertThat(one.path("changedBy").asString()).isEqualTo("owner-of-finance");
        });
    finance("PUT", "/api/v1/payroll/minimums/XXX").body("{'minimumMinor':1}").send().expect(400);
    finance("PUT", sek).body("{'minimumMinor':-1}").send().expect(400);
  }

  @Test
  void aPayoutShowsItsEarningsAndItsReceipt() {
    UUID vendor = vendor("A");
    earn(vendor, 2, 10_000);
    UUID run =
        UUID.fromString(
            finance("POST", WEEK + "/runs").send().expect(202).json().path("id").asString());
    UUID payout = paid(run, vendor);

    JsonNode shown = finance("GET", "/api/v1/payouts/" + payout).send().expect(200).json();

    assertThat(shown.path("amountMinor").asLong()).isEqualTo(16_000);
    assertThat(shown.path("runWorkflowId").asString()).isEqualTo("payroll/weekly/2025-11-17");
    assertThat(shown.path("earnings")).hasSize(2);
    assertThat(shown.at("/earnings/0/netMinor").asLong()).isEqualTo(8_000);
    assertThat(shown.at("/receipt/number").asLong()).isEqualTo(7);
    Answer pdf = finance("GET", shown.at("/receipt/url").asString()).send().expect(200);
    assertThat(pdf.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(pdf.header("Content-Disposition")).contains("receipt-7.pdf");
    assertThat(pdf.header("Content-Language")).isEqualTo("de");
    assertThat(pdf.response().body()).isEqualTo("%PDF");
    for (String filter : List.of("vendor=" + vendor, "run=" + run, "status=paid")) {
      JsonNode list = finance("GET", "/api/v1/payouts?" + filter).send().expect(200).json();
      assertThat(list.path("items")).hasSize(1);
      assertThat(list.at("/items/0").has("earnings")).isFalse();
    }
    assertThat(
            finance("GET", "/api/v1/payouts?status=failed").send().expect(200).json().path("items"))
        .isEmpty();
    JsonNode totals =
        finance("GET", WEEK + "/runs/" + run).send().expect(200).json().path("totals");
    assertThat(totals.toString())
        .isEqualTo(
            "[{\"currency\":\"USD\",\"status\":\"paid\",\"payouts\":1,\"amountMinor\":16000}]");
    finance("GET", "/api/v1/payouts/" + UUID.randomUUID()).send().expect(404);
    finance("GET", "/api/v1/payouts/" + UUID.randomUUID() + "/receipt.pdf").send().expect(404);
  }

  private UUID vendor(String name) {
    UUID id = API.database().newId();
    names.put(id, name);
    putVendor(API.key(Role.STARTER), id, "'name':'Bo Berg'").expect(200);
    database.update(VENDOR).set(VENDOR.PAYOUT_ACCOUNT, "acct_1").where(VENDOR.ID.eq(id)).execute();
    return id;
  }

  private static Answer putVendor(String key, UUID id, String fields) {
    return API.call("PUT", "/api/v1/vendors/" + id)
        .key(key)
        .body(
            "{%s,'email':'bo@example.org','locale':'de','zone':'UTC','cadence':'weekly','currency':'USD'}"
                .formatted(fields))
        .send();
  }

  private static Answer putAccount(Role role, UUID vendor, String account) {
    return API.call("PUT", "/api/v1/vendors/" + vendor + "/payout-account")
        .key(API.key(role))
        .body("{'payoutAccount':'%s','reason':'moved to another bank'}".formatted(account))
        .send();
  }

  private void earn(UUID vendor, int times, long gross) {
    earn(vendor, "USD", times, gross, TUESDAY);
  }

  private void earn(UUID vendor, String currency, int times, long gross, Instant delivered) {
    for (int i = 0; i < times; i++) {
      Routines.recordEarning(
          database.configuration(),
          vendor,
          "booking",
          API.database().newId(),
          gross,
          currency,
          delivered,
          BigDecimal.valueOf(20),
          "shop");
    }
  }

  /** A run that has begun, and has to be approved. */
  private String awaiting(String key) {
    String id =
        API.call("POST", WEEK + "/runs").key(key).send().expect(202).json().path("id").asString();
    Routines.startPayroll(database.configuration(), UUID.fromString(id), true);
    Routines.proposePayroll(database.configuration(), UUID.fromString(id));
    return id;
  }

  private UUID paid(UUID run, UUID vendor) {
    UUID payout = API.database().newId();
    database
        .insertInto(PAYOUT)
        .set(PAYOUT.ID, payout)
        .set(PAYOUT.RUN_ID, run)
        .set(PAYOUT.VENDOR_ID, vendor)
        .set(PAYOUT.CADENCE, "weekly")
        .set(PAYOUT.PERIOD_START, LocalDate.parse("2025-11-17"))
        .set(PAYOUT.CURRENCY, "USD")
        .set(PAYOUT.EARNINGS, 2)
        .set(PAYOUT.GROSS_MINOR, 20_000L)
        .set(PAYOUT.COMMISSION_MINOR, 4_000L)
        .set(PAYOUT.AMOUNT_MINOR, 16_000L)
        .set(PAYOUT.STATUS, "paid")
        .set(PAYOUT.PROVIDER_TRANSFER_ID, "tr_" + payout)
        .set(PAYOUT.PAID_AT, TUESDAY)
        .execute();
    database
        .update(EARNING)
        .set(EARNING.PAYOUT_ID, payout)
        .where(EARNING.VENDOR_ID.eq(vendor))
        .execute();
    database
        .insertInto(RECEIPT)
        .set(RECEIPT.PAYOUT_ID, payout)
        .set(RECEIPT.NUMBER, receipt++)
        .set(RECEIPT.ISSUED_AT, TUESDAY)
        .set(RECEIPT.LOCALE, "de")
        .set(RECEIPT.PDF, "%PDF".getBytes(StandardCharsets.US_ASCII))
        .execute();
    return payout;
  }

  private String changedBy(UUID vendor) {
    return database.fetchSingle(VENDOR, VENDOR.ID.eq(vendor)).getChangedBy();
  }

  private String hash() {
    return finance("GET", WEEK + "/preview").send().expect(200).json().path("hash").asString();
  }

  private static Answer approve(String key, String run, String hash) {
    return API.call("POST", WEEK + "/runs/" + run + "/approve")
        .key(key)
        .body("{'hash':'%s'}".formatted(hash))
        .send();
  }

  private static Call finance(String method, String path) {
    return API.call(method, path).key(API.key(Role.FINANCE));
  }

  private List<String> lines(JsonNode preview) {
    return preview
        .path("items")
        .valueStream()
        .map(item ->
            "%s %s %s %s"
                .formatted(
                    names.get(UUID.fromString(item.path("vendorId").asString())),
                    item.path("outcome").asString(),
                    item.path("amountMinor").asLong(),
                    item.has("reason") ? item.path("reason").asString() : "null"))
        .toList();
  }

  /** The audit log's entries of the run of the week that all tests use. */
  private List<String> audited() {
    return audited("payroll/weekly/2025-11-17");
  }

  private List<String> audited(String subject) {
    return database
        .selectFrom(AUDIT_EVENT)
        .where(AUDIT_EVENT.SUBJECT.eq(subject))
        .orderBy(AUDIT_EVENT.ID)
        .fetch(row -> "%s %s %s".formatted(row.getAction(), row.getOutcome(), row.getDetail()));
  }
}
