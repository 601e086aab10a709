package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.CONNECTED_ACCOUNT;
import static dev.mainstay.db.generated.Tables.EVENT;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.REFUND_FACT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.db.generated.Routines;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events of connected accounts: Stripe sends them with the account beside the object. */
class ConnectedAccountsTest {

  private static final TestApi API = TestApi.start();
  private static final long NOON = Instant.parse("2025-11-18T12:00:00Z").getEpochSecond();
  private static final String SOUND =
      "'payouts_enabled':true,'capabilities':{'transfers':'active'}";

  private final DSLContext database = API.database().dsl();
  private final String account = "acct_" + UUID.randomUUID().toString().replace("-", "");
  private UUID vendor = new UUID(0, 0);

  @AfterAll
  static void stop() {
    API.close();
  }

  @BeforeEach
  void aVendorWhoIsOwed() {
    vendor = API.database().newId();
    API.call("PUT", "/api/v1/vendors/" + vendor)
        .key(API.key(Role.OPERATOR))
        .body(
            "{'name':'Bo','email':'bo@example.org','locale':'de','zone':'UTC','cadence':'weekly','currency':'USD','payoutAccount':'%s'}"
                .formatted(account))
        .send()
        .expect(200);
    Routines.recordEarning(
        database.configuration(),
        vendor,
        "booking",
        API.database().newId(),
        10_000L,
        "USD",
        Instant.parse("2025-11-18T10:00:00Z"),
        BigDecimal.valueOf(20),
        "shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payment_intent.succeeded",
        "checkout.session.completed",
        "charge.refunded",
        "charge.dispute.closed",
        "transfer.created"
      })
  void theMoneyOfAConnectedAccountIsNotThePlatforms(String type) {
    int intake = database.fetchCount(INTAKE);
    double counted = counted("other");

    API.stripe(
            event(
                type,
                NOON,
                "'id':'pi_1','payment_intent':'pi_1','payment_status':'paid','status':'lost','amount':100,'amount_received':100,"
                    + "'amount_total':100,'amount_refunded':100,'currency':'usd',"
                    + "'metadata':{'student_id':'%s','course_id':'%s','mainstay_payout':'%s'}"
                        .formatted(API.newStudent(), API.newCourse(), UUID.randomUUID())))
        .expect(200);

    assertThat(database.fetchCount(INTAKE)).isEqualTo(intake);
    assertThat(database.fetchCount(REFUND_FACT)).isZero();
    assertThat(counted("other")).isEqualTo(counted + 1);
  }

  @Test
  void anAccountThatNothingIsKnownAgainstIsNotFlagged() {
    assertThat(problem()).isNull();

    updated(NOON, SOUND);

    assertThat(problem()).isNull();
    assertThat(statuses()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'payouts_enabled':false,'capabilities':{'transfers':'active'} | payouts-disabled",
        "'payouts_enabled':true,'capabilities':{'transfers':'inactive'} | transfers-inactive",
        "'payouts_enabled':true,'capabilities':{'transfers':'pending'} | transfers-inactive",
        "'payouts_enabled':true,'capabilities':{'card_payments':'active'} | transfers-inactive",
        "'payouts_enabled':false,'capabilities':{'transfers':'inactive'} | transfers-inactive",
        "'payouts_enabled':true,'capabilities':{'legacy_payments':'active'} | ",
        "'payouts_enabled':true | ",
        "'email':'bo@example.org' | "
      })
  void anAccountThatCannotBePaidIsFlaggedInThePreview(String described, @Nullable String problem) {
    String hash = preview().path("hash").asString();

    updated(NOON, described);

    assertThat(problem()).isEqualTo(problem);
    // It is a warning, not another payroll
    assertThat(preview().path("hash").asString()).isEqualTo(hash);
    assertThat(item().path("outcome").asString()).isEqualTo("pay");
  }

  @Test
  void theLatestDescriptionCountsInWhateverOrderItComes() {
    updated(NOON + 20, SOUND);
    updated(NOON + 10, "'payouts_enabled':false");

    assertThat(problem()).isNull();

    updated(NOON + 30, "'payouts_enabled':false,'requirements':{'disabled_reason':'listed'}");
    updated(NOON + 20, SOUND);

    assertThat(problem()).isEqualTo("payouts-disabled");
    assertThat(statuses()).containsExactly("payouts-disabled");
  }

  @Test
  void aPayoutThatItsBankRefusesIsRecordedWithItsVendorOnce() {
    failed(NOON, "account_closed");
    failed(NOON, "account_closed");

    assertThat(problem()).isEqualTo("payout-failed");
    assertThat(statuses()).containsExactly("payout-failed");
    assertThat(
            database
                .select(CONNECTED_ACCOUNT.FAILED_PAYOUT, CONNECTED_ACCOUNT.FAILURE_CODE)
                .from(CONNECTED_ACCOUNT)
                .where(CONNECTED_ACCOUNT.ACCOUNT.eq(account))
                .fetchSingle()
                .into(String[].class))
        .containsExactly("po_1", "account_closed");
  }

  @Test
  void aFailedPayoutCountsUntilPayoutsArriveAgain() {
    failed(NOON, "account_closed");

    // Before it, and the description that the failure itself brings
    updated(NOON - 1, SOUND);
    updated(NOON + 1, SOUND + ",'external_accounts':{'data':[{'id':'ba_1','status':'errored'}]}");
    updated(NOON + 2, SOUND + ",'requirements':{'currently_due':['external_account']}");
    assertThat(problem()).isEqualTo("payout-failed");

    updated(NOON + 3, SOUND + ",'external_accounts':{'data':[{'id':'ba_2','status':'new'}]}");
    assertThat(problem()).isNull();

    failed(NOON + 4, "no_account");
    API.stripe(event("payout.paid", NOON + 5, "'id':'po_2'")).expect(200);
    assertThat(problem()).isNull();
    // A bank may send back what it had taken
    failed(NOON + 6, "declined");
    assertThat(problem()).isEqualTo("payout-failed");
    assertThat(statuses())
        .containsExactly("payout-failed", "", "payout-failed", "", "payout-failed");
  }

  @Test
  void aVendorWhoHasDisconnectedCannotBePaid() {
    API.stripe(event("account.application.deauthorized", NOON, "'id':'ca_1'")).expect(200);

    assertThat(problem()).isEqualTo("transfers-inactive");
  }

  @Test
  void anAccountIsKnownBeforeItsVendorHasIt() {
    String later = "acct_later";
    API.stripe(
            event("account.updated", NOON, "'id':'x','payouts_enabled':false")
                .replace(account, later))
        .expect(200);
    API.call("PUT", "/api/v1/vendors/" + vendor + "/payout-account")
        .key(API.key(Role.FINANCE))
        .body("{'payoutAccount':'%s','reason':'moved'}".formatted(later))
        .send()
        .expect(200);

    assertThat(problem()).isEqualTo("payouts-disabled");
  }

  @Test
  void whatIsNoReportIsCountedOnly() {
    API.stripe(event("payout.failed", NOON, "'failure_code':'declined'")).expect(200);
    API.stripe(event("account.updated", NOON, "").replace(account, "a".repeat(101))).expect(200);

    assertThat(problem()).isNull();
  }

  private void updated(long at, String described) {
    double counted = counted("account.updated");
    API.stripe(event("account.updated", at, "'id':'%s',%s".formatted(account, described)))
        .expect(200);
    assertThat(counted("account.updated")).isEqualTo(counted + 1);
  }

  private void failed(long at, String code) {
    API.stripe(
            event(
                "payout.failed",
                at,
                "'id':'po_1','amount':8000,'currency':'usd','failure_code':'%s'".formatted(code)))
        .expect(200);
  }

  private String event(String type, long at, String object) {
    return "{'id':'evt_1','object':'event','account':'%s','livemode':false,'created':%d,'type':'%s','data':{'object':{%s}}}"
        .formatted(account, at, type, object)
        .replace('\'', '"');
  }

  private @Nullable String problem() {
    return item().path("accountProblem").asStringOpt().orElse(null);
  }

  private JsonNode item() {
    return preview()
        .path("items")
        .valueStream()
        .filter(one -> one.path("vendorId").asString().equals(vendor.toString()))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode preview() {
    return API.call("GET", "/api/v1/payroll/weekly/2025-11-17/preview?limit=100")
        .key(API.key(Role.FINANCE))
        .send()
        .expect(200)
        .json();
  }

  /** The problems that the marketplace was told of; empty where one was gone. */
  private List<String> statuses() {
    return database
        .select(EVENT.BODY)
        .from(EVENT)
        .where(EVENT.TYPE.eq("vendor.account-status"), EVENT.SUBJECT_ID.eq(vendor))
        .orderBy(EVENT.ORDINAL)
        .fetch(
            row -> JsonMapper.shared().readTree(row.value1().data()).path("problem").asString(""));
  }

  private static double counted(String type) {
    return API.count("mainstay.webhook.events", "type", type, "result", "connected-account");
  }
}
