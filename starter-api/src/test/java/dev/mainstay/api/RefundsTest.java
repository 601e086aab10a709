package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.AUDIT_EVENT;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.REFUND_FACT;
import static dev.mainstay.db.generated.Tables.REFUND_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RefundsTest {

  private static final long PAID = 19_900;

  private final TestApi api = TestApi.shared();
  private final DSLContext database = api.database().dsl();
  private String payment = "";
  private UUID purchase = new UUID(0, 0);

  @BeforeEach
  void aPurchaseOfItsOwn() {
    payment = "pi_" + UUID.randomUUID();
    purchase = newPurchase("stripe");
  }

  @Test
  void anOperatorsRefundIsTakenInAndRunsOnItsOwn() {
    Answer answer = refund("{'reason':'moved away','amountMinor':5000}").expect(202);

    String id = answer.json().path("id").asString();
    assertThat(answer.json().path("workflowId").asString())
        .isEqualTo("refund/stripe/" + payment + "/" + id);
    assertThat(answer.json().path("status").asString()).isEqualTo("pending");
    var row =
        database.selectFrom(INTAKE).where(INTAKE.BUSINESS_ID.eq(UUID.fromString(id))).fetchSingle();
    assertThat(row.getKind()).isEqualTo("refund");
    assertThat(row.getBody().data()).contains("5000").doesNotContain("moved away");
    assertThat(audited()).containsExactly("refund done moved away");

    Answer shown = finance("GET", answer.header("Location")).send().expect(200);
    assertThat(shown.json().path("amountMinor").asLong()).isEqualTo(5_000);
    assertThat(shown.json().path("reason").asString()).isEqualTo("moved away");
    Answer list = finance("GET", "/api/v1/purchases/" + purchase + "/refunds").send().expect(200);
    assertThat(list.json().path("items")).hasSize(1);
  }

  @Test
  void withoutAnAmountItIsAllThatIsLeft() {
    refund("{'reason':'a part','amountMinor':5000}").expect(202);

    refund("{'reason':'the rest'}").expect(202);

    assertThat(
            database
                .selectFrom(REFUND_REQUEST)
                .where(REFUND_REQUEST.PURCHASE_ID.eq(purchase))
                .orderBy(REFUND_REQUEST.ID)
                .fetch(REFUND_REQUEST.AMOUNT_MINOR))
        .containsExactly(5_000L, PAID - 5_000);
    Answer nothing = refund("{'reason':'once more'}").expect(409);
    assertThat(nothing.json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:nothing-to-refund");
  }

  @Test
  void moreThanIsLeftIsRefusedAndOnlyTheAuditLogKnows() {
    refund("{'reason':'a part','amountMinor':5000}").expect(202);

    Answer refused = refund("{'reason':'too much','amountMinor':14901}").expect(400);

    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/amountMinor");
    assertThat(database.fetchCount(REFUND_REQUEST, REFUND_REQUEST.PURCHASE_ID.eq(purchase)))
        .isEqualTo(1);
    assertThat(audited()).containsExactly("refund done a part", "refund refused too much");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'reason':''}",
        "{'reason':'x','amountMinor':0}",
        "{'reason':'x','amountMinor':-1}",
        "{'reason':'x','amountMinor':'1'}",
        "{'reason':'x','amount':1}"
      })
  void whatMakesNoSenseIsRefused(String body) {
    refund(body).expect(400);

    assertThat(database.fetchCount(REFUND_REQUEST, REFUND_REQUEST.PURCHASE_ID.eq(purchase)))
        .isZero();
  }

  @Test
  void theSameKeyIsTheSameRefund() {
    String body = "{'reason':'moved away','amountMinor':5000}";
    String path = "/api/v1/purchases/" + purchase + "/refund";
    String key = UUID.randomUUID().toString();

    Answer first = finance("POST", path).header("Idempotency-Key", key).body(body).send();
    Answer again = finance("POST", path).header("Idempotency-Key", key).body(body).send();

    assertThat(again.expect(202).json()).isEqualTo(first.expect(202).json());
    assertThat(audited()).containsExactly("refund done moved away");
    finance("POST", path)
        .header("Idempotency-Key", key)
        .body("{'reason':'moved away','amountMinor':5001}")
        .send()
        .expect(409);
  }

  @Test
  void twentyAtOnceAreNotMoreThanWasPaid() {
    List<Answer> answers =
        TestApi.atOnce(20, _ -> refund("{'reason':'moved away','amountMinor':5000}"));

    assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(3);
    assertThat(answers).filteredOn(answer -> answer.status() == 400).hasSize(17);
  }

  @Test
  void anUnknownPurchaseIsNotFound() {
    finance("POST", "/api/v1/purchases/" + UUID.randomUUID() + "/refund")
        .body("{'reason':'x'}")
        .send()
        .expect(404);
  }

  @Test
  void aProviderThatCannotBeAskedIsRefused() {
    payment = "in_" + UUID.randomUUID();
    purchase = newPurchase("invoices");

    Answer refused = refund("{'reason':'x'}").expect(409);

    assertThat(refused.json().path("type").asString()).isEqualTo("urn:mainstay:problem:no-gateway");
  }

  @Test
  void whatStripeTellsIsAFactOnce() {
    tell("charge.refunded", "'id':'ch_%1$s','amount_refunded':19900");
    tell("charge.refunded", "'id':'ch_%1$s','amount_refunded':19900");
    tell("refund.created", "'id':'re_%1$s','amount':19900,'status':'succeeded'");
    tell("refund.updated", "'id':'re_%1$s','amount':19900,'status':'succeeded'");

    assertThat(facts()).containsExactlyInAnyOrder("total 19900", "refund 19900");
    assertThat(runs()).containsExactly("stripe/" + payment + "/19900");
  }

  @Test
  void whatIsPendingIsNoRefundYetNorIsTheTotalThatIncludesIt() {
    tell("refund.created", "'id':'re_%1$s','amount':19900,'status':'pending'");
    tell("refund.updated", "'id':'re_%1$s','amount':19900,'status':'requires_action'");
    tell("charge.refunded", "'id':'ch_%1$s','amount_refunded':19900");
    assertThat(runs()).isEmpty();

    tell("charge.refund.updated", "'id':'re_%1$s','amount':19900,'status':'succeeded'");

    assertThat(runs()).containsExactly("stripe/" + payment + "/19900");
  }

  @Test
  void theTotalOfAnAccountThatListsItsRefundsIsWithoutWhatIsPending() {
    tell(
        "charge.refunded",
        "'id':'ch_%1$s','amount_refunded':19900,'refunds':{'data':[{'id':'re_1','amount':19000,'status':'pending'},"
            + "{'id':'re_2','amount':900,'status':'succeeded'}]}");

    assertThat(facts()).containsExactly("total 900");
    assertThat(runs()).containsExactly("stripe/" + payment + "/900");
  }

  @ParameterizedTest
  @CsvSource({
    "refund.failed, failed",
    "refund.updated, failed",
    "refund.updated, canceled",
    "charge.refund.updated, failed",
  })
  void anAcceptedRefundThatFailsNeedsAnOperatorOnceAndBlocksNoOther(String type, String status) {
    UUID request = acceptedRefund();
    tell("charge.refunded", "'id':'ch_%1$s','amount_refunded':19900");
    refund("{'reason':'once more'}").expect(409);

    for (int i = 0; i < 2; i++) {
      tell(
          type,
          "'id':'re_%1$s','amount':19900,'status':'" + status + "','failure_reason':'declined'");
    }
    tell("refund.updated", "'id':'re_%1$s','amount':19900,'status':'succeeded'");

    JsonNode item = itemOfFailedRefund();
    assertThat(item.path("reason").asString()).isEqualTo("refund-failed");
    assertThat(item.path("error").asString()).endsWith("did not arrive: declined");
    assertThat(item.path("amountMinor").asLong()).isEqualTo(PAID);
    assertThat(item.path("actions").valueStream().map(JsonNode::asString))
        .containsExactly("retry", "cancel");
    assertThat(
            finance("GET", "/api/v1/purchases/" + purchase + "/refunds/" + request)
                .send()
                .expect(200)
                .json()
                .path("status")
                .asString())
        .isEqualTo("failed");
    assertThat(runs()).containsExactly("stripe/" + payment + "/" + request);
    refund("{'reason':'once more'}").expect(202);
  }

  @Test
  void theRetryOfAFailedRefundRequestsAnotherForItsCaller() {
    acceptedRefund();
    tell("refund.failed", "'id':'re_%1$s','amount':19900,'status':'failed'");
    String path = "/api/v1/attention/" + itemOfFailedRefund().path("id").asString();

    Answer resolved = operator("POST", path + "/retry").body("{'reason':'her new card'}").send();

    assertThat(resolved.expect(200).json().path("status").asString()).isEqualTo("resolved");
    assertThat(
            database
                .selectFrom(REFUND_REQUEST)
                .where(REFUND_REQUEST.PURCHASE_ID.eq(purchase), REFUND_REQUEST.STATUS.eq("pending"))
                .fetch(row ->
                    row.getAmountMinor() + " " + row.getRequestedBy() + " " + row.getReason()))
        .containsExactly("19900 owner-of-operator her new card");
    operator("POST", path + "/retry").body("{'reason':'twice'}").send().expect(409);
    refund("{'reason':'once more'}").expect(409);
  }

  @Test
  void aFailedRefundIsClosedWithAReason() {
    acceptedRefund();
    tell("refund.failed", "'id':'re_%1$s','amount':19900,'status':'failed'");
    String path = "/api/v1/attention/" + itemOfFailedRefund().path("id").asString();

    Answer resolved = operator("POST", path + "/cancel").body("{'reason':'paid by bank'}").send();

    assertThat(resolved.expect(200).json().path("resolutionReason").asString())
        .isEqualTo("paid by bank");
    assertThat(runs()).hasSize(1);
  }

  @Test
  void aFailedRefundOfAPaymentThatIsNotHereNeedsNobody() {
    payment = "pi_" + UUID.randomUUID();

    tell("refund.failed", "'id':'re_%1$s','amount':19900,'status':'failed'");

    assertThat(facts()).containsExactly("refund 19900");
    assertThat(runs()).isEmpty();
  }

  @Test
  void whatHasNotHappenedIsNoFact() {
    tell("charge.dispute.closed", "'id':'dp_%1$s','amount':19900,'status':'won'");
    tell("charge.refunded", "'id':'ch_%1$s','amount_refunded':0");

    assertThat(facts()).isEmpty();
    assertThat(runs()).isEmpty();
  }

  @Test
  void aLostDisputeIsARefundBesideTheOthers() {
    tell("charge.refunded", "'id':'ch_%1$s','amount_refunded':4000");
    tell("charge.dispute.closed", "'id':'dp_%1$s','amount':15900,'status':'lost'");

    assertThat(facts()).containsExactlyInAnyOrder("total 4000", "dispute 15900");
    assertThat(runs())
        .containsExactlyInAnyOrder("stripe/" + payment + "/4000", "stripe/" + payment + "/19900");
  }

  @Test
  void aChargeWithoutAPaymentIntentIsNoneOfOurs() {
    api.stripe(
            "{'type':'charge.refunded','data':{'object':{'id':'ch_1','amount_refunded':1,'currency':'eur','payment_intent':null}}}"
                .replace('\'', '"'))
        .expect(200);
    api.stripe(
            "{'type':'charge.refunded','data':{'object':{'payment_intent':'pi_1'}}}"
                .replace('\'', '"'))
        .expect(400);
  }

  /** The request of a full refund that the provider has accepted, and still has to send. */
  private UUID acceptedRefund() {
    Answer answer = refund("{'reason':'moved away'}").expect(202);
    UUID id = UUID.fromString(answer.json().path("id").asString());
    database
        .update(REFUND_REQUEST)
        .set(REFUND_REQUEST.STATUS, "accepted")
        .set(REFUND_REQUEST.PROVIDER_REFUND_ID, "re_" + payment)
        .where(REFUND_REQUEST.ID.eq(id))
        .execute();
    tell("refund.created", "'id':'re_%1$s','amount':19900,'status':'pending'");
    return id;
  }

  private JsonNode itemOfFailedRefund() {
    UUID id =
        database
            .selectFrom(ATTENTION)
            .where(ATTENTION.SUBJECT_ID.eq(purchase))
            .fetchSingle(ATTENTION.ID);
    return operator("GET", "/api/v1/attention/" + id).send().expect(200).json();
  }

  private void tell(String type, String fields) {
    String event =
        "{'type':'%s','data':{'object':{%s,'currency':'eur','payment_intent':'%s'}}}"
            .formatted(type, fields.formatted(payment), payment);
    api.stripe(event.replace('\'', '"')).expect(200);
  }

  private List<String> facts() {
    return database
        .selectFrom(REFUND_FACT)
        .where(REFUND_FACT.PROVIDER_PAYMENT_ID.eq(payment))
        .fetch(fact -> fact.getKind() + " " + fact.getAmountMinor());
  }

  private List<String> runs() {
    return database
        .selectFrom(INTAKE)
        .where(INTAKE.SOURCE.eq("refund"), INTAKE.KEY.startsWith("stripe/" + payment + "/"))
        .fetch(INTAKE.KEY);
  }

  private List<String> audited() {
    return database
        .selectFrom(AUDIT_EVENT)
        .where(AUDIT_EVENT.SUBJECT.eq("purchase/stripe/" + payment))
        .orderBy(AUDIT_EVENT.AT, AUDIT_EVENT.ID)
        .fetch(row -> row.getAction() + " " + row.getOutcome() + " " + row.getReason());
  }

  private Answer refund(String body) {
    return finance("POST", "/api/v1/purchases/" + purchase + "/refund").body(body).send();
  }

  private TestApi.Call operator(String method, String path) {
    return api.call(method, path).key(api.key(Role.OPERATOR));
  }

  private TestApi.Call finance(String method, String path) {
    return api.call(method, path).key(api.key(Role.FINANCE));
  }

  private UUID newPurchase(String provider) {
    String body =
        "{'provider':'%s','providerPaymentId':'%s','studentId':'%s','courseId':'%s','amountMinor':%d,'currency':'EUR'}"
            .formatted(provider, payment, api.newStudent(), api.newCourse(), PAID);
    return UUID.fromString(
        api.starter("POST", "/api/v1/purchases")
            .body(body)
            .send()
            .expect(202)
            .json()
            .path("id")
            .asString());
  }
}
