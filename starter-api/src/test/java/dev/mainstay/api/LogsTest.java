package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The content of production's JSON lines, and the data that they must not contain. */
class LogsTest {

  private static final String NAME = "Zelda Planted";
  private static final String EMAIL = "zelda.planted@example.com";
  private static final String PHONE = "+49301234567";
  private static final String UNKNOWN_KEY = "mk_planted-key-that-nobody-has";
  private static final String FORGED_SECRET = "whsec_planted";

  private final TestApi api = TestApi.shared();
  private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> json = new OutputStreamAppender<>();

  @BeforeEach
  void listen() {
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setFormat("ecs");
    encoder.setContext(logging);
    encoder.start();
    json.setContext(logging);
    json.setEncoder(encoder);
    json.setOutputStream(written);
    json.start();
    root.addAppender(json);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(json);
    json.stop();
  }

  @Test
  void aLineIsOneJsonObjectWithTheRequestsCorrelationId() {
    String event =
        "{\"type\":\"payment_intent.succeeded\",\"data\":{\"object\":{\"id\":\"pi_logged\",\"amount\":1,"
            + "\"currency\":\"eur\",\"metadata\":{\"student_id\":\"no-uuid\",\"course_id\":\"no-uuid\"}}}}";
    api.call("POST", "/api/v1/webhooks/stripe")
        .header("X-Correlation-Id", "followed-1")
        .header("Stripe-Signature", TestApi.signature(event, TestApi.SECRET, Instant.now()))
        .body(event)
        .send()
        .expect(200);

    List<JsonNode> lines = lines();
    assertThat(lines)
        .anySatisfy(line -> {
          assertThat(line.path("correlationId").asString()).isEqualTo("followed-1");
          assertThat(line.path("message").asString()).contains("pi_logged");
          assertThat(line.at("/log/level").asString()).isEqualTo("WARN");
          assertThat(line.at("/service/name").asString()).isEqualTo("mainstay-starter-api");
        });
  }

  @Test
  void noSecretAndNothingPersonalIsLogged() {
    UUID student = UUID.randomUUID();
    String customer =
        "{'name':'%s','email':'%s','phone':'%s','locale':'en','zone':'Europe/Berlin'}"
            .formatted(NAME, EMAIL, PHONE);
    String path = "/api/v1/customers/" + student;
    api.starter("PUT", path).body(customer).send().expect(200);
    UUID course = api.newCourse();
    String order =
        "{'provider':'stripe','providerPaymentId':'%s','studentId':'%s','courseId':'%s','amountMinor':1,'currency':'EUR'}"
            .formatted("pi_" + student, student, course);
    api.starter("POST", "/api/v1/purchases").body(order).send().expect(202);

    // refused, each with data that must not be logged
    api.call("PUT", path).key(UNKNOWN_KEY).body(customer).send().expect(401);
    api.call("PUT", path).key(api.key(Role.AUDITOR)).body(customer).send().expect(403);
    api.starter("PUT", path).body(customer.replace(PHONE, EMAIL)).send().expect(400);
    api.starter("PUT", path).body(customer + NAME).send().expect(400);
    api.starter("PUT", path)
        .body(customer.replace("'}", "','" + EMAIL + "':1}"))
        .send()
        .expect(400);
    api.starter("GET", "/api/v1/purchases?student=" + EMAIL).send().expect(400);
    api.starter("GET", "/api/v1/" + EMAIL).send().expect(404);
    String event =
        "{\"type\":\"payment_intent.succeeded\",\"data\":{\"object\":{\"receipt_email\":\"%s\"}}}"
            .formatted(EMAIL);
    api.stripe(event, TestApi.signature(event, FORGED_SECRET, Instant.now())).expect(400);
    api.stripe(event).expect(200);
    api.stripe(EMAIL).expect(400);

    assertThat(written.toString(StandardCharsets.UTF_8))
        .doesNotContain(
            NAME,
            EMAIL,
            PHONE,
            UNKNOWN_KEY,
            FORGED_SECRET,
            TestApi.SECRET,
            TestApi.OLD_SECRET,
            api.key(Role.STARTER),
            api.key(Role.AUDITOR));
    assertThat(lines()).allSatisfy(line -> assertThat(line.isObject()).isTrue());
  }

  private List<JsonNode> lines() {
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(JsonMapper.shared()::readTree)
        .toList();
  }
}
