package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PurchasesTest {

  private TestApi api;

  @BeforeAll
  void start() {
    api = TestApi.start();
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @Test
  void aPurchaseIsTakenInAndCanBeReadAtOnce() {
    UUID student = api.newStudent();
    UUID course = api.newCourse();

    Answer answer =
        api.starter("POST", "/api/v1/purchases").body(order("pi_1", student, course)).send();

    answer.expect(202);
    assertThat(answer.json().path("workflowId").asString()).isEqualTo("purchase/stripe/pi_1");
    assertThat(answer.json().path("status").asString()).isEqualTo("pending");
    String location = "/api/v1/purchases/" + answer.json().path("id").asString();
    assertThat(answer.header("Location")).isEqualTo(location);
    Answer read = api.starter("GET", location).send().expect(200);
  }

  private static String order(String payment, UUID student, UUID course) {
    return """
    {"provider":"stripe","providerPaymentId":"%s","studentId":"%s","courseId":"%s","amountMinor":19900,
     "currency":"EUR","preferredTime":"18:30","zone":"Europe/Berlin"}\
    """
        .formatted(payment, student, course);
  }
}
