package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PAYMENT_ANNOUNCEMENT;
import static dev.mainstay.db.generated.Tables.PURCHASE_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import java.time.Instant;
import java.time.LocalTime;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkout sessions that cost nothing, and those whose money comes later. */
class CheckoutSessionsTest {

  private static final String COMPLETED = "checkout.session.completed";

  private final TestApi api = TestApi.shared();
  private final DSLContext database = api.database().dsl();
  private final String session = "cs_test_" + UUID.randomUUID();
  private final String payment = "pi_" + UUID.randomUUID();
  private String student = "";
  private String course = "";

  @BeforeEach
  void aStudentAndACourse() {
    student = api.newStudent().toString();
    course = api.newCourse().toString();
  }

  @Test
  void aFreeCheckoutIsAPurchaseOfNothingUnderItsSession() {
    Answer first = api.stripe(free("")).expect(202);
    Answer again = api.stripe(free("")).expect(202);

    assertThat(id(again)).isEqualTo(id(first));
    assertThat(first.json().path("workflowId").asString()).isEqualTo("purchase/stripe/" + session);
    var request =
        database
            .selectFrom(PURCHASE_REQUEST)
            .where(PURCHASE_REQUEST.PURCHASE_ID.eq(id(first)))
            .fetchSingle();
    assertThat(request.getProviderPaymentId()).isEqualTo(session);
    assertThat(request.getAmountMinor()).isZero();
    assertThat(request.getCurrency()).isEqualTo("EUR");
  }

  @Test
  void nothingOfAFreeCheckoutCanBeGivenBack() {
    UUID purchase = id(api.stripe(free("")).expect(202));

    Answer refused =
        api.call("POST", "/api/v1/purchases/" + purchase + "/refund")
            .key(api.key(Role.FINANCE))
            .body("{'reason':'she wants it back'}")
            .send()
            .expect(409);

    assertThat(refused.json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:nothing-to-refund");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'mode':'subscription','amount_total':0,", "'mode':'payment','amount_total':500,"})
  void aCheckoutWhosePaymentIsDelayedIsSeenByAnOperator(String delayed) {
    api.stripe(free(delayed)).expect(200);

    assertThat(rows()).isZero();
    assertThat(items(session)).isEqualTo(1);
  }

  @Test
  void aSetupBuysNothing() {
    api.stripe(free("'mode':'setup','amount_total':null,'currency':null,")).expect(200);

    assertThat(rows()).isZero();
    assertThat(items(session)).isZero();
  }

  @Test
  void aFreeCheckoutOfOthersIsLeftAlone() {
    api.stripe(free("").replaceFirst("\"metadata\":\\{[^}]*}", "\"metadata\":{}")).expect(200);

    assertThat(rows()).isZero();
    assertThat(items(session)).isZero();
  }

  @Test
  void aSessionSaysWhatItsLaterPaymentIsFor() {
    api.stripe(unpaid()).expect(200);
    assertThat(rows()).isZero();

    Answer paid = api.stripe(succeeded("")).expect(202);
    api.stripe(succeeded("")).expect(202);
    api.stripe(unpaid()).expect(202);
    api.stripe(paid()).expect(202);

    assertPurchase(paid);
  }

  @Test
  void aPaymentWaitsForItsSessionToSayWhatItIsFor() {
    double foreign = counted("payment_intent.succeeded", "not-ours");
    api.stripe(succeeded("")).expect(200);
    api.stripe(succeeded("")).expect(200);
    assertThat(rows()).isZero();
    assertThat(counted("payment_intent.succeeded", "not-ours")).isEqualTo(foreign + 2);

    Answer paid = api.stripe(unpaid()).expect(202);
    api.stripe(paid()).expect(202);

    assertPurchase(paid);
  }

  @Test
  void bothAtOnceAreOnePurchase() {
    String unpaid = unpaid();
    String succeeded = succeeded("");

    var answers = TestApi.atOnce(40, i -> api.stripe(i % 2 == 0 ? unpaid : succeeded));

    assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 202);
    assertThat(answers).anyMatch(answer -> answer.status() == 202);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void thePaymentsOwnMetadataCounts() {
    api.stripe(unpaid()).expect(200);
    String announced = student;
    student = api.newStudent().toString();

    UUID purchase = id(api.stripe(succeeded(metadata())).expect(202));

    assertThat(requested(purchase)).isEqualTo(student).isNotEqualTo(announced);
  }

  @Test
  void metadataOfTheSessionThatIsOfNoUseNeedsAttentionWhenTheMoneyIsHere() {
    student = "Ann";
    api.stripe(unpaid()).expect(200);
    assertThat(items(payment)).isZero();

    api.stripe(succeeded("")).expect(200);

    assertThat(rows()).isZero();
    var item =
        database
            .selectFrom(ATTENTION)
            .where(ATTENTION.BUSINESS_KEY.eq("purchase/stripe/" + payment))
            .fetchSingle();
    assertThat(item.getReason()).isEqualTo("unusable-metadata");
    assertThat(item.getError()).isEqualTo("student_id is not a UUID");
    assertThat(item.getAmountMinor()).isEqualTo(19_900);
  }

  @Test
  void paymentsOfOthersAreForgotten() {
    String old = "pi_" + UUID.randomUUID();
    Instant now = Instant.now();
    database
        .insertInto(PAYMENT_ANNOUNCEMENT)
        .set(PAYMENT_ANNOUNCEMENT.PROVIDER, "stripe")
        .set(PAYMENT_ANNOUNCEMENT.PROVIDER_PAYMENT_ID, old)
        .set(PAYMENT_ANNOUNCEMENT.RECEIVED_AT, now.minusSeconds(31L * 24 * 3600))
        .set(PAYMENT_ANNOUNCEMENT.AMOUNT_MINOR, 1L)
        .set(PAYMENT_ANNOUNCEMENT.CURRENCY, "EUR")
        .execute();

    api.stripe(succeeded("")).expect(200);

    assertThat(kept(old)).isZero();
    assertThat(kept(payment)).isEqualTo(1);
  }

  private void assertPurchase(Answer answer) {
    assertThat(rows()).isEqualTo(1);
    var request =
        database
            .selectFrom(PURCHASE_REQUEST)
            .where(PURCHASE_REQUEST.PURCHASE_ID.eq(id(answer)))
            .fetchSingle();
    assertThat(request.getProviderPaymentId()).isEqualTo(payment);
    assertThat(request.getStudentId()).hasToString(student);
    assertThat(request.getCourseId()).hasToString(course);
    assertThat(request.getAmountMinor()).isEqualTo(19_900);
    assertThat(request.getCurrency()).isEqualTo("EUR");
    assertThat(request.getPreferredTime()).isEqualTo(LocalTime.of(18, 30));
    assertThat(request.getZone()).isEqualTo("Asia/Tokyo");
    assertThat(items(payment)).isZero();
  }

  private @Nullable String requested(UUID purchase) {
    return database
        .select(PURCHASE_REQUEST.STUDENT_ID)
        .from(PURCHASE_REQUEST)
        .where(PURCHASE_REQUEST.PURCHASE_ID.eq(purchase))
        .fetchSingle(row -> row.value1().toString());
  }

  private String free(String first) {
    return event(
        COMPLETED,
        "%s'id':'%s','payment_status':'no_payment_required','payment_intent':null,%s'metadata':{%s}"
            .formatted(
                first,
                session,
                first.isEmpty()
                    ? "'mode':'payment','amount_total':0,'currency':'eur',"
                    : first.contains("currency") ? "" : "'currency':'eur',",
                metadata()));
  }

  private String unpaid() {
    return checkout(COMPLETED, "unpaid");
  }

  private String paid() {
    return checkout("checkout.session.async_payment_succeeded", "paid");
  }

  private String checkout(String type, String status) {
    return event(
        type,
        "'id':'%s','payment_status':'%s','mode':'payment','payment_intent':'%s','amount_total':19900,'currency':'eur','metadata':{%s}"
            .formatted(session, status, payment, metadata()));
  }

  private String succeeded(String metadata) {
    return event(
        "payment_intent.succeeded",
        "'id':'%s','amount':19900,'amount_received':19900,'currency':'eur','metadata':{%s}"
            .formatted(payment, metadata));
  }

  private String metadata() {
    return "'student_id':'%s','course_id':'%s','preferred_time':'18:30','zone':'Asia/Tokyo'"
        .formatted(student, course);
  }

  private static String event(String type, String object) {
    return "{'id':'evt_1','object':'event','livemode':false,'type':'%s','data':{'object':{%s}}}"
        .formatted(type, object)
        .replace('\'', '"');
  }

  private static UUID id(Answer answer) {
    return UUID.fromString(answer.json().path("id").asString());
  }

  private int rows() {
    return database.fetchCount(INTAKE, INTAKE.KEY.in(payment, session));
  }

  private int items(String paymentId) {
    return database.fetchCount(
        ATTENTION, ATTENTION.BUSINESS_KEY.eq("purchase/stripe/" + paymentId));
  }

  private int kept(String paymentId) {
    return database.fetchCount(
        PAYMENT_ANNOUNCEMENT, PAYMENT_ANNOUNCEMENT.PROVIDER_PAYMENT_ID.eq(paymentId));
  }

  private double counted(String type, String result) {
    return api.count("mainstay.webhook.events", "type", type, "result", result);
  }
}
