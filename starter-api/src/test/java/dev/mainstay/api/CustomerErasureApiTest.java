package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.AUDIT_EVENT;
import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CustomerErasureApiTest {

  private static final String BODY =
      "{'name':'Zebedee','email':'zq@example.com','locale':'en','zone':'Europe/Berlin'}";

  private final TestApi api = TestApi.shared();
  private final UUID id = UUID.randomUUID();
  private final String path = "/api/v1/customers/" + id;

  @Test
  void anErasureAnswersWhatWasErasedAndTheSameAgain() {
    put(BODY).expect(200);
    api.starter("POST", "/api/v1/tasks/welcome-email")
        .body("{'customerId':'%s','delay':'P1D'}".formatted(id))
        .send()
        .expect(202);

    JsonNode certificate = erase().expect(200).json();

    assertThat(certificate.path("customerId").asString()).isEqualTo(id.toString());
    assertThat(certificate.path("by").asString()).isEqualTo("owner-of-operator");
    assertThat(certificate.path("erased").path("customer").asInt()).isEqualTo(1);
    assertThat(certificate.path("erased").path("task").asInt()).isEqualTo(1);
    assertThat(erase().expect(200).json()).isEqualTo(certificate);
    assertThat(api.starter("GET", path + "/erasure").send().expect(200).json())
        .isEqualTo(certificate);
    assertThat(audited()).containsExactly("erase done null", "erase done was erased before");
  }

  @Test
  void whoIsErasedIsGoneForEver() {
    put(BODY).expect(200);
    erase().expect(200);

    Answer gone = api.starter("GET", path).send().expect(410);

    assertThat(gone.json().path("type").asString()).isEqualTo("urn:mainstay:problem:erased");
    assertThat(put(BODY).expect(410).json().path("type").asString()).endsWith("erased");
    assertThat(
            api.database()
                .dsl()
                .select(CUSTOMER.NAME)
                .from(CUSTOMER)
                .where(CUSTOMER.ID.eq(id))
                .fetchSingle()
                .value1())
        .isEmpty();
    assertThat(
            api.starter("GET", "/api/v1/customers?limit=500")
                .send()
                .expect(200)
                .json()
                .path("items")
                .findValuesAsString("id"))
        .doesNotContain(id.toString());
  }

  @Test
  void nothingStartsForWhoIsErased() {
    put(BODY).expect(200);
    erase().expect(200);

    assertThat(
            pointers(
                api.starter("POST", "/api/v1/tasks/user-report")
                    .body("{'customerId':'%s'}".formatted(id))
                    .send()))
        .containsExactly("/customerId");
    assertThat(pointers(buy())).containsExactly("/studentId");
  }

  @Test
  void whatIsOpenIsNamedAndNothingIsErased() {
    put(BODY).expect(200);
    String purchase = buy().expect(202).json().path("id").asString();

    JsonNode refused = erase().expect(409).json();

    assertThat(refused.path("type").asString()).endsWith("still-open");
    assertThat(refused.path("open").path(0).path("kind").asString()).isEqualTo("purchase");
    assertThat(refused.path("open").path(0).path("id").asString()).isEqualTo(purchase);
    assertThat(api.starter("GET", path).send().expect(200).json().path("name").asString())
        .isEqualTo("Zebedee");
    assertThat(audited()).singleElement().asString().startsWith("erase refused What is open");
  }

  @Test
  void aStrangerIsNotFound() {
    erase().expect(404);
    api.starter("GET", path + "/erasure").send().expect(404);
    assertThat(audited()).hasSize(1);
  }

  private Answer buy() {
    return api.starter("POST", "/api/v1/purchases")
        .body(
            "{'provider':'stripe','providerPaymentId':'pi_%s','studentId':'%s','courseId':'%s','amountMinor':100,'currency':'EUR'}"
                .formatted(id, id, api.newCourse()))
        .send();
  }

  private Answer put(String body) {
    return api.starter("PUT", path).body(body).send();
  }

  private Answer erase() {
    return api.call("DELETE", path).key(api.key(Role.OPERATOR)).send();
  }

  private List<String> audited() {
    return api.database()
        .dsl()
        .selectFrom(AUDIT_EVENT)
        .where(AUDIT_EVENT.SUBJECT.eq("customer/" + id))
        .orderBy(AUDIT_EVENT.ID)
        .fetch(row -> "%s %s %s".formatted(row.getAction(), row.getOutcome(), row.getDetail()));
  }

  private static List<String> pointers(Answer answer) {
    return answer.expect(400).json().path("errors").findValuesAsString("pointer");
  }
}
