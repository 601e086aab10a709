package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.BOOKING;
import static dev.mainstay.db.generated.Tables.IDEMPOTENCY_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import dev.mainstay.api.testing.TestApi.Call;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules by which two requests under one {@code Idempotency-Key} are the same. */
class IdempotencyTest {

  private final TestApi api = TestApi.shared();
  private final UUID vendor = newVendor();
  private final UUID customer = api.newStudent();
  private final String key = UUID.randomUUID().toString();
  private final String startsAt = "2099-01-01T10:00:00Z";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'vendorId':'%s','customerId':'%s','startsAt':'%s','service':'Transfer','zone':'Europe/Berlin','priceMinor':4500,'currency':'EUR'}",
        "{ 'currency':'EUR', 'priceMinor':4500,\n"
            + " 'zone':'Europe/Berlin','service':'Transfer','vendorId':'%1$s','startsAt':'%3$s','customerId':'%2$s'}",
        "{'vendorId':'%s','customerId':'%s','startsAt':'%s','service':'Transfer','zone':'Europe/Berlin','priceMinor':4500,'currency':'EUR','subject':null,'testData':null}",
        "{'vendorId':'%s','customerId':'%s','startsAt':'%s','service':'Tr\\u0061nsfer','zone':'Europe/Berlin','priceMinor':4500,'currency':'EUR'}",
      })
  void howItIsWrittenDoesNotCount(String again) {
    Answer first = post(body()).expect(202);

    Answer repeat = post(again.formatted(vendor, customer, startsAt)).expect(202);

    assertThat(repeat.json()).isEqualTo(first.json());
    assertThat(bookings()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'priceMinor':4501", "'priceMinor':4500,'testData':false"})
  void anotherBodyIsAConflict(String other) {
    post(body()).expect(202);

    Answer refused = post(body().replace("'priceMinor':4500", other)).expect(409);

    assertThat(refused.json().path("type").asString())
        .isEqualTo("urn:mainstay:problem:idempotency-key-reused");
    assertThat(bookings()).isEqualTo(1);
  }

  @Test
  void anotherPathIsAConflict() {
    String one = "/api/v1/bookings/" + create();
    String other = "/api/v1/bookings/" + create();
    starter("POST", one + "/pay").send().expect(200);

    starter("POST", one + "/complete").send().expect(409);
    starter("POST", other + "/pay").send().expect(409);
    Answer again = starter("POST", one + "/pay").body("{}").send().expect(200);

    assertThat(again.json().path("status").asString()).isEqualTo("paid");
  }

  @Test
  void theKeyOfACallThatHonoursNoneIsNotKept() {
    starter("PUT", "/api/v1/courses/" + UUID.randomUUID())
        .body("{'title':'Go','sessions':1,'sessionMinutes':45,'priceMinor':0,'currency':'EUR'}")
        .send()
        .expect(200);

    assertThat(api.database().dsl().fetchCount(IDEMPOTENCY_KEY, IDEMPOTENCY_KEY.KEY.eq(key)))
        .isZero();
  }

  @Test
  void anEmptyOrLongKeyIsRefused() {
    for (String bad : new String[] {"", "k".repeat(256)}) {
      Answer refused =
          api.starter("POST", "/api/v1/bookings")
              .header("Idempotency-Key", bad)
              .body(body())
              .send()
              .expect(400);

      assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/Idempotency-Key");
    }
    assertThat(bookings()).isZero();
  }

  private Answer post(String body) {
    return starter("POST", "/api/v1/bookings").body(body).send();
  }

  private String create() {
    return api.starter("POST", "/api/v1/bookings")
        .body(body())
        .send()
        .expect(202)
        .json()
        .path("id")
        .asString();
  }

  private Call starter(String method, String path) {
    return api.starter(method, path).header("Idempotency-Key", key);
  }

  private int bookings() {
    return api.database().dsl().fetchCount(BOOKING, BOOKING.VENDOR_ID.eq(vendor));
  }

  private String body() {
    return "{'vendorId':'%s','customerId':'%s','startsAt':'%s','service':'Transfer','zone':'Europe/Berlin','priceMinor':4500,'currency':'EUR'}"
        .formatted(vendor, customer, startsAt);
  }

  private UUID newVendor() {
    UUID id = UUID.randomUUID();
    api.call("PUT", "/api/v1/vendors/" + id)
        .key(api.key(Role.OPERATOR))
        .body(
            "{'name':'Bo','email':'bo@example.com','locale':'en','zone':'Europe/Berlin','cadence':'weekly','currency':'EUR'}")
        .send()
        .expect(200);
    return id;
  }
}
