package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.AUDIT_EVENT;
import static dev.mainstay.db.generated.Tables.BOOKING;
import static dev.mainstay.db.generated.Tables.EARNING;
import static dev.mainstay.db.generated.Tables.EVENT;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import dev.mainstay.api.testing.TestApi.Call;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BookingsTest {

  private static final String BOOKINGS = "/api/v1/bookings";

  private final TestApi api = TestApi.shared();
  private final DSLContext database = api.database().dsl();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final UUID customer = api.newStudent();
  private final UUID vendor = newVendor();

  @Test
  void aBookingIsTakenInAndShown() {
    Answer taken = take(body("")).send().expect(202);
    String id = taken.json().path("id").asString();

    assertThat(taken.header("Location")).isEqualTo(BOOKINGS + "/" + id);
    assertThat(taken.json().path("workflowId").asString())
        .isEqualTo("notification/booking.created/" + id);
    assertThat(taken.json().path("status").asString()).isEqualTo("open");
    JsonNode shown = get(id);
    assertThat(shown.path("service").asString()).isEqualTo("Airport transfer");
    assertThat(shown.path("vendorId").asString()).isEqualTo(vendor.toString());
    assertThat(shown.path("customerId").asString()).isEqualTo(customer.toString());
    assertThat(shown.path("startsAt").asString()).isEqualTo(tomorrow());
    assertThat(shown.path("priceMinor").asLong()).isEqualTo(4_500);
    assertThat(shown.path("status").asString()).isEqualTo("open");
    assertThat(shown.has("paidAt") || shown.has("deliveredAt") || shown.has("reminderSentAt"))
        .isFalse();
    assertThat(messagesOf(id)).containsExactly("booking.created/" + id);
  }

  @Test
  void aBookingHasWhatItWasTakenInWith() {
    String id =
        id(
            take(
                body(
                    "'subject':'Rex','place':'Harbour 1','paymentDueAt':'2031-01-01T00:00:00Z','testData':true,")));

    JsonNode shown = get(id);
    assertThat(shown.path("subject").asString()).isEqualTo("Rex");
    assertThat(shown.path("place").asString()).isEqualTo("Harbour 1");
    assertThat(shown.path("paymentDueAt").asString()).isEqualTo("2031-01-01T00:00:00Z");
    assertThat(shown.path("testData").asBoolean()).isTrue();
    assertThat(shown.path("imported").asBoolean(true)).isFalse();
  }

  @Test
  void anImportedBookingMayLieInThePastAndTellsNobody() {
    String past = body("'imported':true,").replace(tomorrow(), "2020-02-29T10:00:00Z");
    String id = id(take(past));

    post(id, "complete").body("{'deliveredAt':'2020-02-29T11:00:00Z'}").send().expect(200);

    assertThat(get(id).path("imported").asBoolean()).isTrue();
    assertThat(messagesOf(id)).isEmpty();
    assertThat(events(id)).containsExactly("booking.created", "booking.completed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'priceMinor':4500        | 'priceMinor':-1                      | /priceMinor",
        "'priceMinor':4500        | 'priceMinor':'many'                  | /priceMinor",
        "'currency':'EUR'         | 'currency':'XEU'                     | /currency",
        "'currency':'EUR'         | 'currency':'eur'                     | /currency",
        "'zone':'Europe/Berlin'   | 'zone':'Europe/Bielefeld'            | /zone",
        "'service':'Airport transfer' | 'service':' '                    | /service",
        "'service':'Airport transfer' | 'service':'a','colour':'red'     | /colour",
        "'service':'Airport transfer' | 'service':'a','paymentDueAt':'0001-01-01T00:00:00Z' | /paymentDueAt",
      })
  void aFieldThatCannotBeTakenIsNamed(String good, String bad, String pointer) {
    assertThat(body("")).contains(good);
    assertRefused(body("").replace(good, bad), pointer);
  }

  @Test
  void allThatIsUnknownOrPastIsNamedAtOnce() {
    String unknown =
        body("")
            .replace(vendor.toString(), UUID.randomUUID().toString())
            .replace(customer.toString(), UUID.randomUUID().toString())
            .replace(tomorrow(), now.minusSeconds(60).toString());

    assertRefused(unknown, "/vendorId", "/customerId", "/startsAt");
    assertRefused(
        body("'imported':true,").replace(tomorrow(), "1969-12-31T23:59:59Z"), "/startsAt");
  }

  @Test
  void oneIdempotencyKeyIsOneBookingAlsoAtOnce() {
    List<Answer> answers =
        TestApi.atOnce(20, _ -> take(body("")).header("Idempotency-Key", "k-" + customer).send());

    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(202));
    assertThat(answers.stream().map(answer -> answer.json()).distinct()).hasSize(1);
    assertThat(database.fetchCount(BOOKING, BOOKING.CUSTOMER_ID.eq(customer))).isEqualTo(1);
    String id = answers.getFirst().json().path("id").asString();
    assertThat(events(id)).containsExactly("booking.created");
    assertThat(messagesOf(id)).hasSize(1);

    take(body("").replace("4500", "4501"))
        .header("Idempotency-Key", "k-" + customer)
        .send()
        .expect(409);
  }

  @Test
  void withoutAKeyEachRequestIsABookingOfItsOwn() {
    assertThat(id(take(body("")))).isNotEqualTo(id(take(body(""))));
  }

  @Test
  void aRefusedRequestLeavesItsKeyFree() {
    String key = "free-" + customer;
    take(body("").replace("4500", "-1")).header("Idempotency-Key", key).send().expect(400);
    take(body("").replace(vendor.toString(), UUID.randomUUID().toString()))
        .header("Idempotency-Key", key)
        .send()
        .expect(400);

    take(body("")).header("Idempotency-Key", key).send().expect(202);
  }

  @Test
  void paidAndCompletedAreFactsOfTheirOwn() {
    String id = id(take(body("")));

    Answer paid = post(id, "pay").body("{'paidAt':'%s'}".formatted(now)).send().expect(200);
    assertThat(paid.json().path("status").asString()).isEqualTo("paid");
    assertThat(paid.json().path("paidAt").asString()).isEqualTo(now.toString());
    Answer done = post(id, "complete").send().expect(200);
    assertThat(done.json().path("status").asString()).isEqualTo("completed");
    assertThat(done.json().path("paidAt").asString()).isEqualTo(now.toString());
    assertThat(Instant.parse(done.json().path("deliveredAt").asString())).isAfterOrEqualTo(now);

    assertThat(events(id)).containsExactly("booking.created", "booking.paid", "booking.completed");
  }

  @Test
  void aKeyThatStartsProcessesCannotEarnWithoutMoney() {
    String starter = api.key(Role.STARTER);
    String id = id(take(body("")).key(starter));
    post(id, "complete").key(starter).send().expect(200);

    Answer paid = post(id, "pay").key(starter).send().expect(403);
    Answer bought =
        api.call("POST", "/api/v1/purchases").key(starter).body("{}").send().expect(403);
    Answer byOperator = post(id, "pay").key(api.key(Role.OPERATOR)).send().expect(403);

    assertThat(List.of(paid, bought, byOperator))
        .extracting(answer -> answer.json().path("type").asString())
        .containsOnly("urn:mainstay:problem:wrong-role");
    assertThat(holdOf(id)).isEqualTo("unpaid");
    post(id, "pay").send().expect(200);
    assertThat(holdOf(id)).isNull();
  }

  @Test
  void aPaymentOfStripesIsCheckedBeforeItIsDue() {
    String payment = "pi_" + customer;
    String id = id(take(body("")));
    post(id, "complete").send().expect(200);
    String body = "{'provider':'stripe','providerPaymentId':'%s'}".formatted(payment);

    JsonNode paid = post(id, "pay").body(body).send().expect(200).json();
    assertThat(post(id, "pay").body(body).send().expect(200).json()).isEqualTo(paid);

    assertThat(paid.has("paymentConfirmedAt")).isFalse();
    assertThat(holdOf(id)).isEqualTo("unverified-payment");
    assertThat(
            database
                .select(INTAKE.KEY)
                .from(INTAKE)
                .where(INTAKE.BUSINESS_ID.eq(UUID.fromString(id)), INTAKE.KIND.eq("payment-check"))
                .fetch(INTAKE.KEY))
        .containsExactly("stripe/" + payment);
  }

  @Test
  void aPaymentPaysOneBooking() {
    String payment = "till_" + customer;
    String body = "{'provider':'till','providerPaymentId':'%s'}".formatted(payment);
    String id = id(take(body("")));
    String other = id(take(body("")));

    JsonNode paid = post(id, "pay").body(body).send().expect(200).json();

    assertThat(paid.path("provider").asString()).isEqualTo("till");
    assertThat(paid.path("providerPaymentId").asString()).isEqualTo(payment);
    assertThat(post(id, "pay").body(body).send().expect(200).json()).isEqualTo(paid);
    assertThat(post(id, "pay").send().expect(200).json()).isEqualTo(paid);
    assertConflict(post(id, "pay").body(body.replace("till_", "card_")), "booking-paid");
    assertConflict(post(other, "pay").body(body), "payment-taken-otherwise");
    assertThat(get(other).path("status").asString()).isEqualTo("open");
  }

  @Test
  void aPaymentThatIsRecordedLaterIsAnotherPayment() {
    String id = id(take(body("")));
    post(id, "pay").send().expect(200);

    assertConflict(
        post(id, "pay").body("{'provider':'till','providerPaymentId':'late-%s'}".formatted(id)),
        "booking-paid");
  }

  @Test
  void aPurchasesPaymentPaysNoBooking() {
    String order =
        "{'provider':'till','providerPaymentId':'%1$s','studentId':'%2$s','courseId':'%3$s','amountMinor':4500,'currency':'EUR'}"
            .formatted("bought-" + customer, customer, api.newCourse());
    api.starter("POST", "/api/v1/purchases").body(order).send().expect(202);
    String id = id(take(body("")));

    assertConflict(
        post(id, "pay")
            .body("{'provider':'till','providerPaymentId':'%s'}".formatted("bought-" + customer)),
        "payment-taken-otherwise");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'provider':'stripe'}                                 | /providerPaymentId",
        "{'providerPaymentId':'pi_1'}                          | /provider",
        "{'provider':'Stripe','providerPaymentId':'pi_1'}      | /provider",
        "{'provider':'stripe','providerPaymentId':' '}         | /providerPaymentId",
      })
  void aPaymentIsNamedByItsProviderAndId(String body, String pointer) {
    String id = id(take(body("")));

    assertThat(pointers(post(id, "pay").body(body).send().expect(400))).containsExactly(pointer);
    assertThat(get(id).path("status").asString()).isEqualTo("open");
  }

  @Test
  void aCompletedBookingEarnsItsPriceLessTheCommission() {
    String id = id(take(body("").replace("4500", "6249")));

    post(id, "complete").send().expect(200);

    var earning = database.fetchSingle(EARNING, EARNING.SOURCE_ID.eq(UUID.fromString(id)));
    assertThat(earning.getVendorId()).isEqualTo(vendor);
    assertThat(earning.getGrossMinor()).isEqualTo(6249);
    assertThat(earning.getCommissionMinor()).isEqualTo(1250);
    assertThat(earning.getNetMinor()).isEqualTo(4999);
    assertThat(earning.getCommissionPercent()).isEqualByComparingTo(BigDecimal.valueOf(20));
    assertThat(earning.getEarnedAt().toString()).isEqualTo(get(id).path("deliveredAt").asString());
  }

  @Test
  void theSameTwiceChangesNothing() {
    String id = id(take(body("")));

    JsonNode paid = post(id, "pay").send().expect(200).json();
    assertThat(post(id, "pay").send().expect(200).json()).isEqualTo(paid);
    JsonNode cancelled = cancel(id).send().expect(200).json();
    assertThat(cancel(id).send().expect(200).json()).isEqualTo(cancelled);

    assertThat(events(id)).containsExactly("booking.created", "booking.paid", "booking.cancelled");
    assertThat(messagesOf(id)).hasSize(3);
  }

  @Test
  void whatContradictsTheFactsIsRefused() {
    String cancelled = id(take(body("")));
    cancel(cancelled).send().expect(200);
    String completed = id(take(body("")));
    post(completed, "complete").send().expect(200);

    assertConflict(post(cancelled, "pay"), "booking-cancelled");
    assertConflict(post(cancelled, "complete"), "booking-cancelled");
    assertConflict(cancel(completed), "booking-completed");
    assertConflict(
        post(completed, "complete").body("{'deliveredAt':'2020-01-01T00:00:00Z'}"),
        "booking-completed");
  }

  @Test
  void whatIsToComeHasNotHappened() {
    String id = id(take(body("")));
    Instant later = now.plus(Duration.ofMinutes(5));

    Answer completed =
        post(id, "complete").body("{'deliveredAt':'%s'}".formatted(later)).send().expect(400);
    Answer paid = post(id, "pay").body("{'paidAt':'%s'}".formatted(later)).send().expect(400);
    Answer unexplained = post(id, "cancel").body("{}").send().expect(400);

    assertThat(pointers(completed)).containsExactly("/deliveredAt");
    assertThat(pointers(paid)).containsExactly("/paidAt");
    assertThat(pointers(unexplained)).containsExactly("/reason");
    assertThat(get(id).path("status").asString()).isEqualTo("open");
  }

  @Test
  void aBookingOfAnotherClientIsNotThere() {
    String id = id(take(body("")));
    String stranger = api.newKey("stranger-" + customer, Role.STARTER, Role.PAYMENTS);

    api.call("GET", BOOKINGS + "/" + id).key(stranger).send().expect(404);
    api.call("POST", BOOKINGS + "/" + id + "/pay").key(stranger).send().expect(404);
    assertThat(
            api.call("GET", BOOKINGS + "?customer=" + customer)
                .key(stranger)
                .send()
                .expect(200)
                .json()
                .path("items"))
        .isEmpty();
    api.call("GET", BOOKINGS + "/" + id).key(api.key(Role.AUDITOR)).send().expect(200);
    api.starter("GET", BOOKINGS + "/" + UUID.randomUUID()).send().expect(404);
    api.starter("POST", BOOKINGS + "/" + UUID.randomUUID() + "/pay").send().expect(404);
  }

  @Test
  void theEventsOfABookingAreItsClientsToSee() {
    String id = id(take(body("")));
    String stranger = api.newKey("stranger-" + customer, Role.STARTER);

    assertThat(followed(api.key(Role.STARTER))).contains(id);
    assertThat(followed(stranger)).doesNotContain(id);
  }

  @Test
  void bookingsAreListedInPages() {
    List<String> ids = List.of(id(take(body(""))), id(take(body(""))), id(take(body(""))));
    post(ids.get(1), "pay").send().expect(200);

    JsonNode first = list("?customer=" + customer + "&limit=2");
    assertThat(first.path("items").findValuesAsString("id"))
        .containsExactlyElementsOf(ids.subList(0, 2));
    JsonNode second =
        list("?customer=" + customer + "&limit=2&after=" + first.path("next").asString());
    assertThat(second.path("items").findValuesAsString("id")).containsExactly(ids.get(2));
    assertThat(second.has("next")).isFalse();
    assertThat(list("?vendor=" + vendor + "&status=paid").path("items").findValuesAsString("id"))
        .containsExactly(ids.get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?status=late", "?customer=x", "?limit=0", "?after=x"})
  void aListThatCannotBeIsRefused(String query) {
    api.starter("GET", BOOKINGS + query).send().expect(400);
  }

  @Test
  void whatAnOperatorDoesOrTriesIsInTheAuditLog() {
    String id = id(take(body("")));
    String operator = api.key(Role.OPERATOR);

    post(id, "complete").key(operator).send().expect(200);
    cancel(id).key(operator).send().expect(409);

    assertThat(
            database
                .select(AUDIT_EVENT.ACTION, AUDIT_EVENT.OUTCOME)
                .from(AUDIT_EVENT)
                .where(AUDIT_EVENT.SUBJECT.eq("booking/" + id))
                .orderBy(AUDIT_EVENT.ID)
                .fetch(row -> row.value1() + " " + row.value2()))
        .containsExactly("complete done", "cancel refused");
  }

  @Test
  void withoutABackendNothingIsTakenIn() {
    try (TestApi disabled = TestApi.start("--mainstay.backend=disabled")) {
      disabled.starter("POST", BOOKINGS).body(body("")).send().expect(503);
    }
  }

  @Test
  void theCommissionIsThatOfTheSpecification() {
    assertThat(api.bean(CommissionProperties.class))
        .isEqualTo(new CommissionProperties(BigDecimal.valueOf(20)));
  }

  private @Nullable String holdOf(String booking) {
    return database
        .fetchSingle(EARNING, EARNING.SOURCE_ID.eq(UUID.fromString(booking)))
        .get(EARNING.HELD);
  }

  private void assertRefused(String body, String... pointers) {
    int before = database.fetchCount(BOOKING);
    assertThat(pointers(take(body).send().expect(400))).containsExactlyInAnyOrder(pointers);
    assertThat(database.fetchCount(BOOKING)).isEqualTo(before);
  }

  private static void assertConflict(Call call, String type) {
    assertThat(call.send().expect(409).json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:" + type);
  }

  private static List<String> pointers(Answer answer) {
    return answer.json().path("errors").findValuesAsString("pointer");
  }

  private List<String> followed(String key) {
    return api.call("GET", "/api/v1/events?type=booking.created&limit=500")
        .key(key)
        .send()
        .expect(200)
        .json()
        .path("items")
        .findValuesAsString("subjectId");
  }

  private JsonNode list(String query) {
    return api.starter("GET", BOOKINGS + query).send().expect(200).json();
  }

  private JsonNode get(String id) {
    return api.starter("GET", BOOKINGS + "/" + id).send().expect(200).json();
  }

  private Call take(String body) {
    return api.starter("POST", BOOKINGS).body(body);
  }

  private static String id(Call taken) {
    return taken.send().expect(202).json().path("id").asString();
  }

  private Call post(String id, String action) {
    return api.starter("POST", BOOKINGS + "/" + id + "/" + action);
  }

  private Call cancel(String id) {
    return post(id, "cancel").body("{'reason':'ill'}");
  }

  private String tomorrow() {
    return now.plus(Duration.ofDays(1)).toString();
  }

  private String body(String more) {
    return "{%s'vendorId':'%s','customerId':'%s','service':'Airport transfer','startsAt':'%s','zone':'Europe/Berlin','priceMinor':4500,'currency':'EUR'}"
        .formatted(more, vendor, customer, tomorrow());
  }

  private UUID newVendor() {
    UUID id = UUID.randomUUID();
    api.starter("PUT", "/api/v1/vendors/" + id)
        .body(
            "{'name':'Bo Berg','email':'bo@example.com','locale':'en','zone':'Europe/Berlin','cadence':'weekly','currency':'EUR'}")
        .send()
        .expect(200);
    return id;
  }

  private List<String> events(String id) {
    return database
        .select(EVENT.TYPE)
        .from(EVENT)
        .where(EVENT.SUBJECT_ID.eq(UUID.fromString(id)))
        .orderBy(EVENT.ID)
        .fetch(EVENT.TYPE);
  }

  private List<String> messagesOf(String id) {
    return database
        .select(INTAKE.KEY)
        .from(INTAKE)
        .where(INTAKE.KIND.eq("notification"), INTAKE.KEY.endsWith(id))
        .orderBy(INTAKE.ID)
        .fetch(INTAKE.KEY);
  }
}
