package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.api.testing.Cable;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import dev.mainstay.db.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatabaseUnavailableApiTest {

  @Test
  void everyCallIsAnswered503SoonAndSucceedsLater() {
    TestDatabase database = TestDatabase.create();
    String url = database.url("mainstay_app");
    int server = URI.create(url.substring("jdbc:".length())).getPort();
    try (Cable cable = new Cable(server);
        TestApi api = TestApi.start(database, url.replace(":" + server, ":" + cable.port()))) {
      UUID student = api.newStudent();
      UUID course = api.newCourse();
      String order =
          """
          {'provider':'stripe','providerPaymentId':'pay_1','studentId':'%s','courseId':'%s','amountMinor':1,'currency':'EUR'}\
          """
              .formatted(student, course);
      String event =
          """
          {'type':'payment_intent.succeeded','data':{'object':{'id':'pi_1','amount_received':1,'currency':'eur',
           'metadata':{'student_id':'%s','course_id':'%s'}}}}\
          """
              .formatted(student, course)
              .replace('\'', '"');
      Supplier<Answer> post = () -> api.starter("POST", "/api/v1/purchases").body(order).send();
      Supplier<Answer> webhook = () -> api.stripe(event);
      Supplier<Answer> read = () -> api.starter("GET", "/api/v1/purchases").send();
      Supplier<Answer> put =
          () ->
              api.starter("PUT", "/api/v1/customers/" + student)
                  .body("{'name':'Ann','locale':'en','zone':'Europe/Berlin'}")
                  .send();

      cable.cut();
      Stream.of(post, webhook, read, put)
          .forEach(call -> {
            Instant begun = Instant.now();
            Answer away = call.get().expect(503);
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertThat(away.header("Retry-After")).isEqualTo("2");
            assertThat(away.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(away.json().path("type").asString())
                .isEqualTo("urn:mainstay:problem:database-unavailable");
          });
      assertThat(database.dsl().fetchCount(INTAKE)).isZero();

      cable.mend();
      afterTheOutage(post).expect(202);
      webhook.get().expect(202);
      read.get().expect(200);
      put.get().expect(200);
      assertThat(database.dsl().fetchCount(INTAKE, INTAKE.KIND.eq("purchase"))).isEqualTo(2);
    }
  }

  /**
   * The pool takes a breath of up to 5 s between its attempts, so the first callers back may hear
   * 503 once more.
   */
  private static Answer afterTheOutage(Supplier<Answer> call) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(call::get, answer -> answer.status() != 503);
  }
}
