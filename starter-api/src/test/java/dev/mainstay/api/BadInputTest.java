package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BadInputTest {

  private static final String PURCHASE =
      """
      {'provider':'stripe','providerPaymentId':'pay_bad','studentId':'00000000-0000-7000-8000-000000000001',
       'courseId':'00000000-0000-7000-8000-000000000002','amountMinor':1,'currency':'EUR'}\
      """;
  private static final String CUSTOMER = "{'name':'Ann','locale':'en','zone':'Europe/Berlin'}";
  private static final String VENDOR =
      """
      {'name':'Bo','email':'bo@example.com','locale':'en','zone':'Europe/Berlin','cadence':'weekly',
       'currency':'EUR'}\
      """;
  private static final String TRAINER =
      "{'capacity':1,'courseIds':[],'holidays':[],'hours':[{'weekday':'MONDAY','from':'09:00','to':'24:00'}]}";
  private static final String BOOKING =
      """
      {'vendorId':'00000000-0000-7000-8000-000000000001','customerId':'00000000-0000-7000-8000-000000000002',
       'service':'Dog walk','startsAt':'2026-11-16T09:00:00Z','zone':'Europe/Berlin','priceMinor':4500,
       'currency':'EUR','imported':true}\
      """;
  private static final String COURSE =
      "{'title':'Go','sessions':1,'sessionMinutes':45,'priceMinor':0,'currency':'EUR'}";

  private final TestApi api = TestApi.shared();

  static Stream<Arguments> badFields() {
    return Stream.of(
        bad("purchases", PURCHASE, "'amountMinor':1", "'amountMinor':-1", "/amountMinor"),
        bad("purchases", PURCHASE, "'amountMinor':1", "'amountMinor':'1'", "/amountMinor"),
        bad("purchases", PURCHASE, "'amountMinor':1", "'amountMinor':1.5", "/amountMinor"),
        bad("purchases", PURCHASE, "'amountMinor':1", "'amountMinor':1e400", "/amountMinor"),
        bad(
            "purchases",
            PURCHASE,
            "'amountMinor':1",
            "'amountMinor':99999999999999999999",
            "/amountMinor"),
        bad("purchases", PURCHASE, "'amountMinor':1", "'amountMinor':null", "/amountMinor"),
        bad(
            "purchases",
            PURCHASE,
            "'amountMinor':1",
            "'amountMinor':9007199254740991.4",
            "/amountMinor"),
        bad(
            "purchases",
            PURCHASE,
            "'amountMinor':1",
            "'amountMinor':4500.0000000000001",
            "/amountMinor"),
        bad(
            "purchases",
            PURCHASE,
            "'amountMinor':1",
            "'amountMinor':4.5e-1000000000",
            "/amountMinor"),
        bad(
            "purchases",
            PURCHASE,
            "'amountMinor':1",
            "'amountMinor':1e-99999999999",
            "/amountMinor"),
        bad("purchases", PURCHASE, "'amountMinor':1", "'amountMinor':1e1000000000", "/amountMinor"),
        bad(
            "purchases",
            PURCHASE,
            "'amountMinor':1",
            "'amountMinor':1e99999999999",
            "/amountMinor"),
        bad(
            "purchases",
            PURCHASE,
            "'amountMinor':1",
            "'amountMinor':1" + "0".repeat(2000),
            "/amountMinor"),
        bad("courses", COURSE, "'sessions':1", "'sessions':1.0000000000000000001", "/sessions"),
        bad("bookings", BOOKING, "4500", "4500.00000000000000001", "/priceMinor"),
        bad(
            "purchases",
            PURCHASE,
            "'00000000-0000-7000-8000-000000000001'",
            "'1-1-1-1-1'",
            "/studentId"),
        bad(
            "purchases",
            PURCHASE,
            "'00000000-0000-7000-8000-000000000001'",
            "'AAAAAAAAcACAAAAAAAAAAQ=='",
            "/studentId"),
        bad("trainers", TRAINER, "'courseIds':[]", "'courseIds':['1-1-1-1-1']", "/courseIds/0"),
        bad("trainers", TRAINER, "'holidays':[]", "'holidays':['0000-01-01']", "/holidays/0"),
        bad("trainers", TRAINER, "'holidays':[]", "'holidays':['10000-01-01']", "/holidays/0"),
        bad("trainers", TRAINER, "'holidays':[]", "'holidays':['-0001-01-01']", "/holidays/0"),
        bad("bookings", BOOKING, "2026-11-16T09:00:00Z", "0000-12-31T23:00:00Z", "/startsAt"),
        bad("bookings", BOOKING, "2026-11-16T09:00:00Z", "0001-01-01T00:00:00+14:00", "/startsAt"),
        bad("bookings", BOOKING, "2026-11-16T09:00:00Z", "9999-12-31T23:00:00-12:00", "/startsAt"),
        bad("bookings", BOOKING, "2026-11-16T09:00:00Z", "2026-11-16T09:00:00+23:59", "/startsAt"),
        bad(
            "bookings",
            BOOKING,
            "2026-11-16T09:00:00Z",
            "2026-11-16T09:00:00.1234567890Z",
            "/startsAt"),
        bad("purchases", PURCHASE, "'amountMinor':1", "'amountMinor':true", "/amountMinor"),
        bad("purchases", PURCHASE, "'EUR'", "'eur'", "/currency"),
        bad("purchases", PURCHASE, "'EUR'", "'ZZZ'", "/currency"),
        bad("purchases", PURCHASE, "'EUR'", "'XXX'", "/currency"),
        bad("purchases", PURCHASE, "'EUR'", "978", "/currency"),
        bad("purchases", PURCHASE, "'stripe'", "'Stripe'", "/provider"),
        bad("purchases", PURCHASE, "'stripe'", "''", "/provider"),
        bad("purchases", PURCHASE, "'stripe'", "'split-off'", "/provider"),
        bad("purchases", PURCHASE, "'stripe'", "'refund'", "/provider"),
        bad("purchases", PURCHASE, "'pay_bad'", "''", "/providerPaymentId"),
        bad("purchases", PURCHASE, "'pay_bad'", "'" + "p".repeat(101) + "'", "/providerPaymentId"),
        bad("purchases", PURCHASE, "'pay_bad'", "'a\\u0000b'", "/providerPaymentId"),
        bad("purchases", PURCHASE, "'pay_bad'", "'a\\ud800b'", "/providerPaymentId"),
        bad("purchases", PURCHASE, "'pay_bad'", "7", "/providerPaymentId"),
        bad("purchases", PURCHASE, "'00000000-0000-7000-8000-000000000001'", "'1'", "/studentId"),
        bad("purchases", PURCHASE, "}", ",'zone':'Mars/Base'}", "/zone"),
        bad("purchases", PURCHASE, "}", ",'zone':'posix/Europe/Berlin'}", "/zone"),
        bad("purchases", PURCHASE, "}", ",'zone':'+01:00'}", "/zone"),
        bad("purchases", PURCHASE, "}", ",'zone':{}}", "/zone"),
        bad("purchases", PURCHASE, "}", ",'preferredTime':'24:00'}", "/preferredTime"),
        bad("purchases", PURCHASE, "}", ",'preferredTime':'9:00'}", "/preferredTime"),
        bad("purchases", PURCHASE, "}", ",'preferredTime':['09:00']}", "/preferredTime"),
        bad("purchases", PURCHASE, "}", ",'colour':'red'}", "/colour"),
        bad("purchases", PURCHASE, "}", ",'a/b~c':1}", "/a~1b~0c"),
        bad("customers", CUSTOMER, "'Ann'", "' '", "/name"),
        bad("customers", CUSTOMER, "'Ann'", "'A\\nnn'", "/name"),
        bad("customers", CUSTOMER, "'Ann'", "'" + "n".repeat(201) + "'", "/name"),
        bad("customers", CUSTOMER, "'en'", "'english language'", "/locale"),
        bad("customers", CUSTOMER, "'en'", "'en_US'", "/locale"),
        bad("customers", CUSTOMER, "}", ",'email':'ann'}", "/email"),
        bad("customers", CUSTOMER, "}", ",'email':'\\\"a\\u0000b\\\"@example.com'}", "/email"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49123'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'030 1234567'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49 30 123456 ext. 7'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49 30 901820;ext=7'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49 30 901820 x7'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49 30 901820#7'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49 30 901820,7'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49 30 901820~7'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49 30 901820 (Ann)'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49 30 901820 p7'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49 30 901820/21'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49 30 901820;isub=12'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+4930901820 / x7'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'++49 30 901820'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+1-800-FLOWERS'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49 30 901820*'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'phone':'+49 30 901820\\n'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'email':'jörg@example.com'}", "/email"),
        bad("customers", CUSTOMER, "}", ",'email':'ann@müller.example'}", "/email"),
        bad("customers", CUSTOMER, "}", ",'email':'an\\u200bn@example.com'}", "/email"),
        bad("customers", CUSTOMER, "}", ",'email':'ann@example。com'}", "/email"),
        bad("customers", CUSTOMER, "}", ",'email':'\\\"jö rg\\\"@example.com'}", "/email"),
        bad("vendors", VENDOR, "bo@", "bø@", "/email"),
        bad("vendors", VENDOR, "}", ",'phone':'+49 30 123456 ext. 7'}", "/phone"),
        bad("customers", CUSTOMER, "}", ",'pushTokens':'x'}", "/pushTokens"),
        bad("customers", CUSTOMER, "}", ",'pushTokens':[1]}", "/pushTokens/0"),
        bad("customers", CUSTOMER, "}", ",'pushTokens':['t','u','t']}", "/pushTokens"),
        bad("vendors", VENDOR, "}", ",'pushTokens':['t','t']}", "/pushTokens"),
        bad("customers", CUSTOMER, "}", ",'testData':'yes'}", "/testData"),
        bad("vendors", VENDOR, "'weekly'", "'daily'", "/cadence"),
        bad("vendors", VENDOR, "'weekly'", "'WEEKLY'", "/cadence"),
        bad("vendors", VENDOR, "'bo@example.com'", "null", "/email"),
        bad("vendors", VENDOR, "bo@", "\\\"b\\u0000o\\\"@", "/email"),
        bad("trainers", TRAINER, "'capacity':1", "'capacity':-1", "/capacity"),
        bad("trainers", TRAINER, "'courseIds':[]", "'courseIds':['x']", "/courseIds/0"),
        bad("trainers", TRAINER, "'holidays':[]", "'holidays':['2026-02-30']", "/holidays/0"),
        bad(
            "trainers",
            TRAINER,
            "'holidays':[]",
            "'holidays':['2026-01-01','2026-01-01']",
            "/holidays"),
        bad("trainers", TRAINER, "'MONDAY'", "'Monday'", "/hours/0/weekday"),
        bad("trainers", TRAINER, "'24:00'", "'08:00'", "/hours/0/to"),
        bad("trainers", TRAINER, "'09:00'", "'24:00'", "/hours/0/from"),
        bad(
            "trainers",
            TRAINER,
            "'24:00'}",
            "'12:00'},{'weekday':'MONDAY','from':'11:00','to':'13:00'}",
            "/hours/1"),
        bad("courses", COURSE, "'sessions':1", "'sessions':0", "/sessions"),
        bad("courses", COURSE, "'sessions':1", "'sessions':1001", "/sessions"),
        bad("courses", COURSE, "'sessionMinutes':45", "'sessionMinutes':4", "/sessionMinutes"),
        bad("courses", COURSE, "'priceMinor':0", "'priceMinor':-1", "/priceMinor"));
  }

  @ParameterizedTest
  @MethodSource("badFields")
  void aBadFieldIsNamed(String resource, String body, String pointer) {
    Answer answer = send(resource, body).expect(400);

    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(pointers(answer)).containsExactly(pointer);
    assertThat(answer.json().path("errors").get(0).path("message").asString()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"4500.0", "45e2", "0.45E+4", "45000e-1", "9007199254740991.0", "0e2147483647"})
  void anIntegerHasManySpellings(String number) {
    assertThat(
            pointers(
                send("purchases", PURCHASE.replace(":1,", ":" + number + ",").replace("EUR", "eur"))
                    .expect(400)))
        .containsExactly("/currency");
    JsonNode course =
        send("courses", COURSE.replace("'priceMinor':0", "'priceMinor':" + number))
            .expect(200)
            .json();
    assertThat(course.path("priceMinor").decimalValue()).isEqualByComparingTo(number);
  }

  /** What the product reads as an id it writes as the very same id. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1-1-1-1-1",
        "000000001-0001-0001-0001-00000000001",
        "00000000000070008000000000000001",
        "{00000000-0000-7000-8000-000000000001}",
        "00000000-0000-7000-8000-00000000000g",
        " "
      })
  void whatOnlyLooksLikeAnIdIsNone(String id) {
    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    Answer put = api.starter("PUT", "/api/v1/customers/" + encoded).body(CUSTOMER).send();
    assertThat(pointers(put.expect(400))).containsExactly("/id");
    assertThat(pointers(get("/api/v1/purchases/" + encoded).expect(400))).containsExactly("/id");
    assertThat(pointers(get("/api/v1/purchases?student=" + encoded).expect(400)))
        .containsExactly("/student");
    assertThat(pointers(get("/api/v1/customers?after=" + encoded).expect(400)))
        .containsExactly("/after");
  }

  @Test
  void anIdInCapitalsIsTheSameId() {
    String id = UUID.randomUUID().toString();
    JsonNode put =
        api.starter("PUT", "/api/v1/customers/" + id.toUpperCase(Locale.ROOT))
            .body(CUSTOMER)
            .send()
            .expect(200)
            .json();
    assertThat(put.path("id").asString()).isEqualTo(id);
  }

  @Test
  void aTimeThatPostgresqlDoesNotKnowIsNamed() {
    for (String since : List.of("+1000000000-12-31T23:59:59Z", "-0001-01-01T00:00:00Z")) {
      Answer answer =
          api.call(
                  "GET",
                  "/api/v1/attention?since=" + URLEncoder.encode(since, StandardCharsets.UTF_8))
              .key(api.key(Role.OPERATOR))
              .send();
      assertThat(pointers(answer.expect(400))).containsExactly("/since");
    }
  }

  @Test
  void allBadFieldsAreNamedAtOnce() {
    Answer answer =
        send(
                "purchases",
                """
                {'provider':7,'providerPaymentId':'','courseId':'x','amountMinor':-1,'currency':'EURO',
                 'zone':'Mars','preferredTime':'noon','extra':{}}\
                """)
            .expect(400);

    assertThat(pointers(answer))
        .containsExactlyInAnyOrder(
            "/provider",
            "/providerPaymentId",
            "/studentId",
            "/courseId",
            "/amountMinor",
            "/currency",
            "/zone",
            "/preferredTime",
            "/extra");
    assertThat(api.database().dsl().fetchCount(INTAKE, INTAKE.KEY.eq("pay_bad"))).isZero();
  }

  @Test
  void aProblemTellsWhatRfc9457AsksFor() {
    JsonNode problem =
        api.starter("GET", "/api/v1/purchases/7")
            .header("X-Correlation-Id", "look-here")
            .send()
            .expect(400)
            .json();

    assertThat(problem.path("type").asString()).isEqualTo("urn:mainstay:problem:invalid-fields");
    assertThat(problem.path("title").asString()).isEqualTo("Bad Request");
    assertThat(problem.path("status").asInt()).isEqualTo(400);
    assertThat(problem.path("detail").asString()).isNotBlank();
    assertThat(problem.path("instance").asString()).isEqualTo("/api/v1/purchases/7");
    assertThat(problem.path("correlationId").asString()).isEqualTo("look-here");
    assertThat(problem.path("errors").get(0).path("pointer").asString()).isEqualTo("/id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nonsense",
        "{'provider':'stripe',}",
        "{'amountMinor':1,'amountMinor':2}",
        "{} {}",
        "{'amountMinor':01}",
      })
  void whatIsNotJsonIsMalformed(String body) {
    Answer answer = send("purchases", body).expect(400);

    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("detail").asString()).contains("JSON");
  }

  @Test
  void deepNestingIsMalformed() {
    send("purchases", "[".repeat(100_000)).expect(400);
  }

  @Test
  void bytesThatAreNoTextAreMalformed() {
    api.starter("POST", "/api/v1/purchases")
        .body("application/json", new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"'})
        .send()
        .expect(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "'text'", "null"})
  void whatIsNoObjectIsRefused(String body) {
    assertThat(pointers(send("purchases", body).expect(400))).containsExactly("");
  }

  @Test
  void aTooLargeBodyIsRefusedByItsLengthAndByWhatIsRead() {
    byte[] large = " ".repeat(1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8);

    api.starter("POST", "/api/v1/purchases").body("application/json", large).send().expect(413);
    Answer chunked =
        api.starter("POST", "/api/v1/purchases")
            .publish(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
            .send()
            .expect(413);

    assertThat(chunked.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void anotherMediaTypeIsRefused() {
    Answer answer =
        api.starter("POST", "/api/v1/purchases").body("text/plain", new byte[] {'{', '}'}).send();

    answer.expect(415);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void anUnknownPathAndMethodAreProblemsToo() {
    Answer path = api.starter("GET", "/api/v1/purchase").send().expect(404);
    Answer elsewhere = api.call("GET", "/nothing-here").send().expect(404);
    Answer method = api.starter("DELETE", "/api/v1/purchases").send().expect(405);
    Answer rejected = api.starter("GET", "/api/v1/purchases;x=1").send().expect(400);

    for (Answer answer : List.of(path, elsewhere, method, rejected)) {
      assertThat(answer.header("Content-Type"))
          .as(answer.response().body())
          .isEqualTo("application/problem+json");
      assertThat(answer.json().path("correlationId").asString()).isNotEmpty();
    }
    assertThat(path.json().path("instance").asString()).isEqualTo("/api/v1/purchase");
    assertThat(method.header("Allow")).contains("GET", "POST");
  }

  @Test
  void badQueriesAreNamed() {
    assertThat(pointers(get("/api/v1/purchases?student=x&status=gone&limit=0&after=y").expect(400)))
        .containsExactlyInAnyOrder("/student", "/status");
    assertThat(
            pointers(
                get("/api/v1/customers?limit=501&after=00000000-0000-0000-0000-000000000000")
                    .expect(400)))
        .containsExactly("/limit");
    assertThat(pointers(get("/api/v1/purchases?payment=a%00b").expect(400)))
        .containsExactly("/payment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "<script>"})
  void anOddCorrelationIdIsReplaced(String odd) {
    Answer answer =
        api.starter("GET", "/api/v1/customers").header("X-Correlation-Id", odd).send().expect(200);

    assertThat(UUID.fromString(answer.header("X-Correlation-Id"))).isNotNull();
  }

  private static Arguments bad(
      String resource, String good, String field, String badField, String pointer) {
    assertThat(good).contains(field);
    int at = field.equals("}") ? good.lastIndexOf('}') : good.indexOf(field);
    return Arguments.of(
        resource, good.substring(0, at) + badField + good.substring(at + field.length()), pointer);
  }

  private Answer send(String resource, String body) {
    return resource.equals("purchases") || resource.equals("bookings")
        ? api.starter("POST", "/api/v1/" + resource).body(body).send()
        : api.call("PUT", "/api/v1/" + resource + "/" + UUID.randomUUID())
            .key(api.key(Role.OPERATOR))
            .body(body)
            .send();
  }

  private Answer get(String path) {
    return api.starter("GET", path).send();
  }

  private static List<String> pointers(Answer answer) {
    return answer.json().path("errors").findValuesAsString("pointer");
  }
}
