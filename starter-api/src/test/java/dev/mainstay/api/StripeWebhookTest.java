package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PURCHASE_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeWebhookTest {

  private final TestApi api = TestApi.shared();
  private final DSLContext database = api.database().dsl();
  private String payment = "";
  private UUID student = new UUID(0, 0);
  private UUID course = new UUID(0, 0);

  @BeforeEach
  void aPaymentOfItsOwn() {
    payment = "pi_" + UUID.randomUUID();
    student = api.newStudent();
    course = api.newCourse();
  }

  @Test
  void aPaymentIntentIsTakenIn() {
    Answer answer = api.stripe(intent("'preferred_time':'18:30','zone':'Asia/Tokyo',")).expect(202);

    assertThat(answer.json().path("workflowId").asString()).isEqualTo("purchase/stripe/" + payment);
    assertThat(answer.json().path("status").asString()).isEqualTo("pending");
    var request =
        database
            .selectFrom(PURCHASE_REQUEST)
            .where(PURCHASE_REQUEST.PURCHASE_ID.eq(id(answer)))
            .fetchSingle();
    assertThat(request.getStudentId()).isEqualTo(student);
    assertThat(request.getCourseId()).isEqualTo(course);
    assertThat(request.getAmountMinor()).isEqualTo(19_900);
    assertThat(request.getCurrency()).isEqualTo("EUR");
    assertThat(request.getPreferredTime()).isEqualTo(LocalTime.of(18, 30));
    assertThat(request.getZone()).isEqualTo("Asia/Tokyo");
    assertThat(request.getClient()).isNull();
    assertThat(request.getCorrelationId()).isEqualTo(answer.header("X-Correlation-Id"));
  }

  @Test
  void theSameEventAHundredTimesAtOnceIsOnePurchase() {
    String event = intent("");

    var answers = TestApi.atOnce(100, _ -> api.stripe(event));

    assertThat(answers).allMatch(answer -> answer.status() == 202);
    assertThat(answers.stream().map(StripeWebhookTest::id).distinct()).hasSize(1);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aPaidCheckoutSessionIsThePaymentOfItsIntent() {
    Answer first = api.stripe(intent("")).expect(202);
    Answer again = api.stripe(session("paid", "'" + payment + "'")).expect(202);
    Answer expanded = api.stripe(session("paid", "{'id':'" + payment + "'}")).expect(202);

    assertThat(id(again)).isEqualTo(id(first));
    assertThat(id(expanded)).isEqualTo(id(first));
    assertThat(rows()).isEqualTo(1);
    assertThat(items("conflicting-event")).isZero();
  }

  @Test
  void aSessionWhoseMoneyArrivesLaterIsPaidThen() {
    String intent = "'" + payment + "'";
    api.stripe(session("unpaid", intent)).expect(200);
    assertThat(rows()).isZero();

    api.stripe(
            session("paid", intent).replace("session.completed", "session.async_payment_succeeded"))
        .expect(202);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void whatWasPaidWithoutAPaymentIsSeenByAnOperator() {
    api.stripe(session("paid", "null").replace("cs_1", payment)).expect(200);

    assertThat(rows()).isZero();
    assertThat(items("unusable-metadata")).isEqualTo(1);
  }

  @Test
  void whatIsNotPaidOrNotKnownIsIgnored() {
    double unpaid = counted("checkout.session.completed", "announced");
    double unknown = counted("other", "ignored");

    api.stripe(session("unpaid", "'" + payment + "'")).expect(200);
    api.stripe("{'type':'customer.created','data':{'object':{}}}".replace('\'', '"')).expect(200);

    assertThat(counted("checkout.session.completed", "announced")).isEqualTo(unpaid + 1);
    assertThat(counted("other", "ignored")).isEqualTo(unknown + 1);
    assertThat(rows()).isZero();
  }

  @Test
  void aPaymentWithoutOurMetadataIsCountedAndLeftAlone() {
    double ignored = counted("payment_intent.succeeded", "not-ours");

    api.stripe(
            event(
                "payment_intent.succeeded",
                "'id':'" + payment + "','amount_received':1,'currency':'eur'"))
        .expect(200);

    assertThat(counted("payment_intent.succeeded", "not-ours")).isEqualTo(ignored + 1);
    assertThat(rows()).isZero();
  }

  @Test
  void anyVersionOfStripesApiWillDo() {
    api.stripe(intent("").replace("2026-10-28.basil", "2011-01-01")).expect(202);

    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void eitherSecretMaySignWhileOneIsReplaced() {
    String event = intent("");

    api.stripe(event, TestApi.signature(event, TestApi.SECRET, Instant.now())).expect(202);
    api.stripe(event, TestApi.signature(event, TestApi.OLD_SECRET, Instant.now())).expect(202);
  }

  @Test
  void aSignatureIsGoodForFiveMinutes() {
    String event = intent("");
    Instant now = Instant.now();

    api.stripe(event, TestApi.signature(event, TestApi.SECRET, now.minus(Duration.ofSeconds(290))))
        .expect(202);
    api.stripe(event, TestApi.signature(event, TestApi.SECRET, now.minus(Duration.ofSeconds(310))))
        .expect(400);
  }

  @Test
  void whatNobodyWeKnowHasSignedIsRefusedAndLeavesNothing() {
    String event = intent("");
    Instant now = Instant.now();

    api.stripe(event, null).expect(400);
    api.stripe(event, TestApi.signature(event, "whsec_of_somebody", now)).expect(400);
    api.stripe(event.replace("19900", "1"), TestApi.signature(event, TestApi.SECRET, now))
        .expect(400);
    Answer refused =
        api.stripe(event, TestApi.signature(event, TestApi.SECRET, now.minus(Duration.ofHours(1))));

    refused.expect(400);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:bad-signature");
    assertThat(rows()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "t=", "t", "v1=00", "t=1,v1", "t=99999999999999999999,v1=0", "nonsense"})
  void aBrokenSignatureHeaderIsRefused(String header) {
    api.stripe(intent(""), header).expect(400);
  }

  @Test
  void aSignedBodyThatIsNoEventIsRefused() {
    api.stripe("{'type':").expect(400);
    api.stripe("[]").expect(400);
    api.stripe("{}").expect(400);
  }

  @Test
  void aBodyOfMoreThanAMegabyteIsTooLarge() {
    api.stripe(" ".repeat(1024 * 1024 + 1)).expect(413);
  }

  @Test
  void theMediaTypeDoesNotMatter() {
    String event = intent("");

    api.call("POST", "/api/v1/webhooks/stripe")
        .body("application/x-www-form-urlencoded", event.getBytes(StandardCharsets.UTF_8))
        .header("Stripe-Signature", TestApi.signature(event, TestApi.SECRET, Instant.now()))
        .send()
        .expect(202);
  }

  @Test
  void anUnknownStudentIsForTheProcessToFind() {
    student = UUID.randomUUID();

    api.stripe(intent("")).expect(202);

    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aKnownPaymentForAnotherStudentNeedsAttentionOnce() {
    Answer first = api.stripe(intent("")).expect(202);
    student = UUID.randomUUID();
    Answer other = api.stripe(intent("")).expect(202);
    api.stripe(intent("")).expect(202);

    assertThat(id(other)).isEqualTo(id(first));
    assertThat(rows()).isEqualTo(1);
    assertThat(items("conflicting-event")).isEqualTo(1);
    var shown = api.starter("GET", "/api/v1/purchases/" + id(first)).send().expect(200).json();
    assertThat(shown.path("attention").get(0).path("amountMinor").asLong()).isEqualTo(19_900);
  }

  @ParameterizedTest
  @CsvSource({"9900, usd", "19900, usd", "19901, eur"})
  void aPaymentThatAClientAssertsDifferentlyNeedsAttentionOnce(long amount, String currency) {
    UUID first = id(assertion(19_900, "EUR").expect(202));
    String event = intent("").replace("19900", "" + amount).replace("eur", currency);

    assertThat(id(api.stripe(event).expect(202))).isEqualTo(first);
    api.stripe(event).expect(202);

    assertThat(items("conflicting-event")).isEqualTo(1);
    var shown = api.starter("GET", "/api/v1/purchases/" + first).send().expect(200).json();
    assertThat(shown.at("/attention/0/amountMinor").asLong()).isEqualTo(amount);
    assertThat(shown.at("/attention/0/currency").asString()).isEqualToIgnoringCase(currency);
    assertThat(shown.at("/payment/amountMinor").asLong()).isEqualTo(19_900);
  }

  @Test
  void anAssertionThatDiffersFromTheEventIsRefused() {
    UUID first = id(api.stripe(intent("")).expect(202));

    assertThat(assertion(9_900, "USD").expect(409).json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:payment-taken-otherwise");
    assertion(19_900, "USD").expect(409);
    assertion(19_901, "EUR").expect(409);

    assertThat(id(assertion(19_900, "EUR").expect(202))).isEqualTo(first);
    assertThat(items("conflicting-event")).isZero();
  }

  @Test
  void twoEventsOfOnePaymentThatDifferNeedAttention() {
    api.stripe(intent("")).expect(202);
    api.stripe(session("paid", "'" + payment + "'").replace("19900", "9900")).expect(202);

    assertThat(rows()).isEqualTo(1);
    assertThat(items("conflicting-event")).isEqualTo(1);
  }

  @Test
  void metadataOfWhichNoPurchaseCanBeMadeNeedsAttentionOnce() {
    String event = intent("").replace(student.toString(), "Ann");

    api.stripe(event).expect(200);
    api.stripe(event).expect(200);
    database
        .update(ATTENTION)
        .set(ATTENTION.STATUS, "resolved")
        .set(ATTENTION.RESOLVED_AT, Instant.now())
        .set(ATTENTION.RESOLUTION, "cancel")
        .where(ATTENTION.BUSINESS_KEY.eq("purchase/stripe/" + payment))
        .execute();
    api.stripe(event).expect(200);

    assertThat(rows()).isZero();
    var item =
        database
            .selectFrom(ATTENTION)
            .where(ATTENTION.BUSINESS_KEY.eq("purchase/stripe/" + payment))
            .fetchSingle();
    assertThat(item.getReason()).isEqualTo("unusable-metadata");
    assertThat(item.getError()).isEqualTo("student_id is not a UUID").doesNotContain("Ann");
    assertThat(item.getAmountMinor()).isEqualTo(19_900);
    assertThat(item.getCurrency()).isEqualTo("EUR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1-1-1-1-1", "000000001-0001-0001-0001-00000000001"})
  void whatOnlyLooksLikeAnIdIsNone(String id) {
    api.stripe(intent("").replace(student.toString(), id)).expect(200);

    assertThat(rows()).isZero();
    assertThat(items("unusable-metadata")).isEqualTo(1);
  }

  @Test
  void anUnusableTimeOrZoneIsLeftOut() {
    Answer answer = api.stripe(intent("'preferred_time':'25:00','zone':'Mars/Base',")).expect(202);

    var request =
        database
            .selectFrom(PURCHASE_REQUEST)
            .where(PURCHASE_REQUEST.PURCHASE_ID.eq(id(answer)))
            .fetchSingle();
    assertThat(request.getPreferredTime()).isNull();
    assertThat(request.getZone()).isNull();
  }

  private Answer assertion(long amount, String currency) {
    return api.starter("POST", "/api/v1/purchases")
        .body(
            "{'provider':'stripe','providerPaymentId':'%s','studentId':'%s','courseId':'%s','amountMinor':%d,'currency':'%s'}"
                .formatted(payment, student, course, amount, currency))
        .send();
  }

  private String intent(String moreMetadata) {
    return event(
        "payment_intent.succeeded",
        "'id':'%s','amount':19900,'amount_received':19900,'currency':'eur','metadata':{%s%s}"
            .formatted(payment, moreMetadata, metadata()));
  }

  private String session(String status, String paymentIntent) {
    return event(
        "checkout.session.completed",
        "'id':'cs_1','payment_status':'%s','payment_intent':%s,'amount_total':19900,'currency':'eur','metadata':{%s}"
            .formatted(status, paymentIntent, metadata()));
  }

  private String metadata() {
    return "'student_id':'%s','course_id':'%s'".formatted(student, course);
  }

  private static String event(String type, String object) {
    return "{'id':'evt_1','object':'event','api_version':'2026-10-28.basil','type':'%s','data':{'object':{%s}}}"
        .formatted(type, object)
        .replace('\'', '"');
  }

  private static UUID id(Answer answer) {
    return UUID.fromString(answer.json().path("id").asString());
  }

  /** Of the purchase, and of a check, which a signed event does not need. */
  private int rows() {
    return database.fetchCount(INTAKE, INTAKE.KEY.in(payment, "stripe/" + payment));
  }

  private int items(String reason) {
    return database.fetchCount(
        ATTENTION,
        ATTENTION.BUSINESS_KEY.eq("purchase/stripe/" + payment).and(ATTENTION.REASON.eq(reason)));
  }

  private double counted(String type, String result) {
    return api.count("mainstay.webhook.events", "type", type, "result", result);
  }
}
