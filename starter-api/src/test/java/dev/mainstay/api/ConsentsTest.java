package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.CONSENT;
import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConsentsTest {

  private static final String SMS = "{'channel':'sms','purpose':'reminder','granted':true}";
  private static final String MAIL = "{'channel':'email','purpose':'marketing','granted':false}";

  private final TestApi api = TestApi.shared();
  private final UUID customer = api.newStudent();

  @Test
  void whatIsPutIsKeptAndTheSameAgainChangesNothing() {
    String both = "[" + MAIL + "," + SMS + "]";

    assertThat(put(both).expect(200).json()).isEqualTo(json(both));
    var kept = api.database().dsl().fetch(CONSENT, CONSENT.CUSTOMER_ID.eq(customer));
    assertThat(put(both).expect(200).json()).isEqualTo(json(both));

    assertThat(api.database().dsl().fetch(CONSENT, CONSENT.CUSTOMER_ID.eq(customer)))
        .isEqualTo(kept);
    assertThat(get()).isEqualTo(json(both));
  }

  @Test
  void whatIsPutReplacesAll() {
    put("[" + MAIL + "," + SMS + "]").expect(200);

    String withdrawn = "[" + SMS.replace("true", "false") + "]";
    put(withdrawn).expect(200);
    assertThat(get()).isEqualTo(json(withdrawn));

    put("[]").expect(200);
    assertThat(get()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'channel':'fax','purpose':'reminder','granted':true}         | /0/channel",
        "{'channel':'SMS','purpose':'reminder','granted':true}         | /0/channel",
        "{'channel':'sms','purpose':'fun','granted':true}              | /0/purpose",
        "{'channel':'sms','purpose':'reminder','granted':'yes'}        | /0/granted",
        "{'channel':'sms','purpose':'reminder'}                        | /0/granted",
        "{'channel':'sms','purpose':'reminder','granted':true,'at':1}  | /0/at",
        "7                                                             | /0",
        "{'channel':'sms','purpose':'reminder','granted':true},{'channel':'sms','purpose':'reminder','granted':false} | /1",
      })
  void aConsentThatCannotBeTakenIsNamed(String consent, String pointer) {
    Answer refused = put("[" + consent + "]").expect(400);

    assertThat(refused.json().path("errors").findValuesAsString("pointer"))
        .containsExactly(pointer);
    assertThat(get()).isEmpty();
  }

  @Test
  void anythingButAListIsRefused() {
    put(SMS).expect(400);
    put("null").expect(400);
    put("").expect(400);
  }

  @Test
  void aCustomerWhoIsNotThereHasNone() {
    String path = "/api/v1/customers/" + UUID.randomUUID() + "/consents";

    api.starter("PUT", path).body("[]").send().expect(404);
    api.starter("GET", path).send().expect(404);
  }

  @Test
  void aPhoneNumberIsKeptAsGatewaysTakeIt() {
    api.starter("PUT", "/api/v1/customers/" + customer)
        .body("{'name':'Ann','phone':'+49 (0)30 901820','locale':'en','zone':'Europe/Berlin'}")
        .send()
        .expect(200);
    api.starter("PUT", "/api/v1/vendors/" + customer)
        .body(
            "{'name':'Bo','email':'bo@example.com','phone':'+1 201-555-0123','locale':'en','zone':'UTC','cadence':'weekly','currency':'EUR'}")
        .send()
        .expect(200);

    assertThat(api.database().dsl().fetchSingle(CUSTOMER, CUSTOMER.ID.eq(customer)).getPhone())
        .isEqualTo("+4930901820");
    assertThat(api.database().dsl().fetchSingle(VENDOR, VENDOR.ID.eq(customer)).getPhone())
        .isEqualTo("+12015550123");
  }

  private Answer put(String body) {
    return api.starter("PUT", "/api/v1/customers/" + customer + "/consents").body(body).send();
  }

  private JsonNode get() {
    return api.starter("GET", "/api/v1/customers/" + customer + "/consents")
        .send()
        .expect(200)
        .json();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
