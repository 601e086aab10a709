package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DescriptionTest {

  private final TestApi api = TestApi.shared();
  private final JsonNode description = api.call("GET", "/openapi.json").send().expect(200).json();

  @Test
  void itIsOpenApi31() {
    assertThat(description.path("openapi").asString()).startsWith("3.1");
  }

  @Test
  void everyCallInTheCodeIsDescribedAndNoOther() {
    Set<String> coded = new TreeSet<>();
    api.handlers()
        .keySet()
        .forEach(mapping ->
            mapping
                .getMethodsCondition()
                .getMethods()
                .forEach(verb ->
                    mapping.getPatternValues().forEach(path -> coded.add(verb + " " + path))));
    Set<String> described = new TreeSet<>();
    operations().forEach(operation -> described.add(operation.name()));

    assertThat(described).isEqualTo(coded).isNotEmpty();
  }

  @Test
  void everyCallSaysWhatItDoesAndWhatItAnswers() {
    for (Operation operation : operations()) {
      assertThat(operation.node().path("summary").asString()).as(operation.name()).isNotBlank();
      JsonNode responses = operation.node().path("responses");
      assertThat(responses.propertyNames()).as(operation.name()).contains("503");
      assertThat(responses.propertyNames()).as(operation.name()).anyMatch(s -> s.startsWith("2"));
      if (!operation.name().contains("/webhooks/") && !operation.name().contains("/downloads/")) {
        assertThat(responses.propertyNames()).as(operation.name()).contains("401", "403", "429");
      }
      if (operation.node().has("requestBody")) {
        assertThat(responses.propertyNames()).as(operation.name()).contains("400", "413");
        String type =
            operation.name().contains("/webhooks/twilio/")
                ? "application~1x-www-form-urlencoded"
                : "application~1json";
        assertThat(operation.node().at("/requestBody/content/" + type).has("schema"))
            .as(operation.name())
            .isTrue();
      }
      for (var response : responses.properties()) {
        String name = operation.name() + " " + response.getKey();
        assertThat(response.getValue().path("description").asString()).as(name).isNotBlank();
        String type =
            response.getKey().startsWith("2") ? "application/json" : "application/problem+json";
        if (!Set.of(
                "POST /api/v1/webhooks/stripe 200",
                "POST /api/v1/webhooks/twilio/inbound 204",
                "POST /api/v1/webhooks/twilio/status 204",
                "GET /api/v1/downloads/{token} 200",
                "GET /api/v1/payouts/{id}/receipt.pdf 200")
            .contains(name)) {
          assertThat(response.getValue().path("content").path(type).has("schema"))
              .as(name)
              .isTrue();
        }
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<JsonNode> references = description.findValues("$ref");

    assertThat(references).isNotEmpty();
    for (JsonNode reference : references) {
      assertThat(description.at(reference.asString().substring(1)).isMissingNode())
          .as(reference.asString())
          .isFalse();
    }
  }

  @Test
  void aBodySaysWhatIsRequiredAndThatNothingElseIsKnown() {
    JsonNode purchase = description.at("/components/schemas/PurchaseRequest");

    assertThat(purchase.path("required").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder(
            "provider", "providerPaymentId", "studentId", "courseId", "amountMinor", "currency");
    assertThat(purchase.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(purchase.at("/properties/zone/format").asString()).isEqualTo("iana-zone");
    assertThat(purchase.at("/properties/preferredTime/format").asString()).isEqualTo("local-time");
    assertThat(purchase.at("/properties/amountMinor/minimum").asLong(-1)).isZero();
  }

  /** Without bounds, a number beyond what Java and PostgreSQL hold would be refused unnamed. */
  @Test
  void everyIntegerOfABodyHasBounds() {
    Set<String> unbounded = new TreeSet<>();
    for (Operation operation : operations()) {
      String reference =
          operation.node().at("/requestBody/content/application~1json/schema/$ref").asString("");
      JsonNode properties = description.at(reference.replaceFirst("^#", "") + "/properties");
      for (var property : properties.properties()) {
        JsonNode schema = property.getValue();
        if (schema.path("type").toString().contains("integer")
            && !(schema.has("minimum") && schema.has("maximum"))) {
          unbounded.add(operation.name() + " " + property.getKey());
        }
      }
    }
    assertThat(unbounded).isEmpty();
  }

  @Test
  void whatHonoursAnIdempotencyKeySaysSo() {
    Set<String> described = new TreeSet<>();
    for (Operation operation : operations()) {
      for (JsonNode parameter : operation.node().path("parameters")) {
        String name = parameter.path("name").asString();
        // The caller is an argument of the handlers, not of the calls.
        assertThat(name).as(operation.name()).isNotIn("caller", "client", "correlationId");
        if (name.equals("Idempotency-Key")) {
          described.add(operation.name());
          assertThat(parameter.path("in").asString()).isEqualTo("header");
          assertThat(parameter.path("required").asBoolean()).isFalse();
          assertThat(parameter.at("/schema/minLength").asInt()).isEqualTo(1);
          assertThat(parameter.at("/schema/maxLength").asInt()).isEqualTo(255);
        }
      }
    }

    assertThat(described)
        .containsExactly(
            "POST /api/v1/bookings",
            "POST /api/v1/bookings/{id}/cancel",
            "POST /api/v1/bookings/{id}/complete",
            "POST /api/v1/bookings/{id}/pay",
            "POST /api/v1/payroll/{cadence}/{periodStart}/runs",
            "POST /api/v1/purchases",
            "POST /api/v1/purchases/{id}/refund",
            "POST /api/v1/sessions/{id}/cancel",
            "POST /api/v1/sessions/{id}/complete",
            "POST /api/v1/sessions/{id}/reschedule",
            "POST /api/v1/tasks/{type}");
  }

  @Test
  void aCallNamesItsRolesUnlessItNeedsNoKey() {
    for (Operation operation : operations()) {
      boolean open =
          operation.name().contains("/webhooks/") || operation.name().contains("/downloads/");
      assertThat(operation.node().path("responses").has("403"))
          .as(operation.name())
          .isNotEqualTo(open);
      assertThat(operation.node().path("security").isEmpty()).as(operation.name()).isTrue();
      assertThat(operation.node().has("security")).as(operation.name()).isEqualTo(open);
    }
    assertThat(
            description
                .at("/paths/~1api~1v1~1purchases~1{id}~1refund/post/responses/403/description")
                .asString())
        .endsWith("operator, finance");
  }

  @Test
  void itCanBeBrowsedWithoutAKey() {
    var redirect = api.call("GET", "/docs").send();
    assertThat(redirect.status()).isIn(200, 302);
    String location = redirect.header("Location");
    assertThat(
            api.call("GET", location.replaceFirst("^https?://[^/]*", ""))
                .send()
                .expect(200)
                .response()
                .body())
        .contains("swagger-ui");
  }

  @Test
  void theRootLeadsEverybodyToIt() {
    for (Call call : List.of(api.call("GET", "/"), api.call("GET", "/").key("mk_unknown"))) {
      assertThat(call.send().expect(302).header("Location")).endsWith("/docs");
    }
    api.call("GET", "/").key(api.key(Role.STARTER)).send().expect(302);
    api.call("POST", "/").body("{}").send().expect(405);
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (var path : description.path("paths").properties()) {
      for (var verb : path.getValue().properties()) {
        operations.add(
            new Operation(
                verb.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), verb.getValue()));
      }
    }
    return operations;
  }

  private record Operation(String name, JsonNode node) {}
}
