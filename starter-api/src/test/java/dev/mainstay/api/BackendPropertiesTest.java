package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import org.junit.jupiter.api.Test;

class BackendPropertiesTest {

  @Test
  void whereNothingRunsEveryStartIsAnswered503AndNothingIsTakenIn() {
    try (TestApi api = TestApi.start("--mainstay.backend=disabled")) {
      String order =
          """
          {'provider':'stripe','providerPaymentId':'pay_1','studentId':'%s','courseId':'%s','amountMinor':1,'currency':'EUR'}\
          """
              .formatted(api.newStudent(), api.newCourse());

      Answer refused = api.starter("POST", "/api/v1/purchases").body(order).send().expect(503);

      assertThat(refused.header("Retry-After")).isNotBlank();
      assertThat(refused.json().path("type").asString())
          .isEqualTo("urn:mainstay:problem:backend-disabled");
      assertThat(api.database().dsl().fetchCount(INTAKE)).isZero();
      api.starter("GET", "/api/v1/purchases").send().expect(200);
    }
  }

  @Test
  void anUnknownBackendIsToldAtTheStart() {
    assertThatThrownBy(() -> TestApi.start("--mainstay.backend=none"))
        .rootCause()
        .hasMessageContaining("backend");
  }
}
